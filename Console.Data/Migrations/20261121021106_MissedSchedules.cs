using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Data.Migrations
{
    /// <inheritdoc />
    public partial class MissedSchedules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Schedules_Seen",
                table: "Schedules",
                column: "Id",
                filter: "\"DeletedAt\" IS NULL")
                .Annotation("Npgsql:IndexInclude", new[] { "MissedSeenThrough" });

            migrationBuilder.CreateIndex(
                name: "IX_Occurrences_MissedBySchedule",
                table: "Occurrences",
                columns: new[] { "ScheduleId", "MissedAt" },
                filter: "\"MissedAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Schedules_Seen",
                table: "Schedules");

            migrationBuilder.DropIndex(
                name: "IX_Occurrences_MissedBySchedule",
                table: "Occurrences");
        }
    }
}
