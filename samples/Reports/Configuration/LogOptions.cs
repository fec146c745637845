using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Samples.Reports.Configuration;

/// <summary>Where the host's own log goes, beside the console. Section <c>Log</c>.</summary>
public sealed class LogOptions
{
    public const string Section = "Log";

    /// <summary>Folder of the JSON files; empty writes none.</summary>
    public string Folder { get; set; } = "logs";

    [Range(1, 1_000)]
    public int FileLimitMegabytes { get; set; } = 10;

    [Range(1, 100)]
    public int KeepFiles { get; set; } = 5;
}
