using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Samples.Reports.Configuration;

/// <summary>What makes the host pleasant to show. Section <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>Shortens the waits between attempts to <see cref="RetryDelayPercent"/> of what the job types say.</summary>
    public bool ShortenRetries { get; set; }

    /// <summary>Share that is left of each wait: with 10, 60, 120 and 240 s become 6, 12 and 24 s.</summary>
    [Range(1, 100)]
    public int RetryDelayPercent { get; set; } = 10;
}
