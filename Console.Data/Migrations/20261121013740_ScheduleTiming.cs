using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Data.Migrations
{
    /// <inheritdoc />
    public partial class ScheduleTiming : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Timing",
                table: "Schedules",
                type: "text",
                nullable: false,
                defaultValue: "");

            // Escapes that the database cannot turn into characters, and would stumble over, are blanked out in the copy.
            migrationBuilder.Sql("""
                UPDATE "Schedules" SET "Timing" =
                    (regexp_replace("Definition"::text, '\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\\u0020', 'g')::json -> 'when')::text
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Timing",
                table: "Schedules");
        }
    }
}
