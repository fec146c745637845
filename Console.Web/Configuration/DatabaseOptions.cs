using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Web.Configuration;

/// <summary>Where the console keeps what it remembers. Bound from the section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>Npgsql connection string.</summary>
    [Required]
    public string ConnectionString { get; set; } = "Host=127.0.0.1;Port=5432;Database=ops_console;Username=ops_console";
}
