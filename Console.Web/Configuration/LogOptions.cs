using System.ComponentModel.DataAnnotations;
using Serilog.Events;

namespace OpsConsole.Web.Configuration;

/// <summary>What is logged and where to. Bound from the section <c>Log</c>.</summary>
public sealed class LogOptions
{
    public const string Section = "Log";

    /// <summary>Least level that is logged; the framework's own messages are logged from Warning.</summary>
    public LogEventLevel Level { get; set; } = LogEventLevel.Information;

    /// <summary>Folder of the JSON files, relative to the working folder. Empty: no files.</summary>
    public string Folder { get; set; } = "logs";

    /// <summary>A file that has reached this size is followed by a new one.</summary>
    [Range(1, 1_000)]
    public int FileLimitMegabytes { get; set; } = 10;

    [Range(1, 1_000)]
    public int KeepFiles { get; set; } = 5;
}
