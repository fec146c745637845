using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OpsConsole.Data.Migrations
{
    /// <summary>
    /// The tables of the history: partitioned, or written in ways that EF Core has no words for. Their SQL stands in the folder History,
    /// one file a topic, and runs in the order of the file names.
    /// </summary>
    public partial class HistoryTables : Migration
    {
        private const string Folder = "History/";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Whoever is asked for figures and shall see no payloads.
            migrationBuilder.InsertData(
                table: "AspNetRoles",
                columns: new[] { "Id", "ConcurrencyStamp", "Name", "NormalizedName" },
                values: new object[] { new Guid("5b1b7c0e-6c0a-4d56-9d0a-2f0b5c9f0004"), "5b1b7c0e-6c0a-4d56-9d0a-2f0b5c9f0004", "Product owner", "PRODUCT OWNER" });
            var assembly = typeof(HistoryTables).Assembly;
            foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                using var file = new StreamReader(assembly.GetManifestResourceStream(name)!);
                migrationBuilder.Sql(file.ReadToEnd());
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("The history cannot be taken back; restore the database from a backup of before.");
    }
}
