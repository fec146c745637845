using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Data.Migrations
{
    /// <inheritdoc />
    public partial class OccurrenceLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "ExpirySeconds",
                table: "Occurrences",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Occurrences_Deadline",
                table: "Occurrences",
                column: "DeadlineAt",
                filter: "\"IsOpen\" AND \"DeadlineAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Occurrences_Expiry",
                table: "Occurrences",
                column: "DueAt",
                filter: "\"IsOpen\" AND \"ExpirySeconds\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Occurrences_Deadline",
                table: "Occurrences");

            migrationBuilder.DropIndex(
                name: "IX_Occurrences_Expiry",
                table: "Occurrences");

            migrationBuilder.DropColumn(
                name: "ExpirySeconds",
                table: "Occurrences");
        }
    }
}
