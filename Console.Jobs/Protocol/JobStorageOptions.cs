using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Jobs.Protocol;

/// <summary>Where the jobs are. Bound from the section <c>Jobs</c>.</summary>
public sealed class JobStorageOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Jobs";

    /// <summary>StackExchange.Redis connection string.</summary>
    /// <value>Default <c>127.0.0.1:6379</c>.</value>
    [Required]
    public string Redis { get; set; } = "127.0.0.1:6379";

    /// <summary>Put in front of every key and channel. Braces keep all keys in one Redis Cluster slot.</summary>
    /// <value>Default <c>{hangfire}:</c>, as Hangfire's.</value>
    [Required]
    public string Prefix { get; set; } = "{hangfire}:";

    /// <summary>Longest wait for one answer of Redis, in milliseconds.</summary>
    /// <value>Default 2,000.</value>
    [Range(50, 60_000)]
    public int TimeoutMilliseconds { get; set; } = 2_000;

    /// <summary>About how many events the stream keeps.</summary>
    /// <value>Default 200,000.</value>
    [Range(1_000, 100_000_000)]
    public int EventStreamLength { get; set; } = 200_000;

    /// <summary>About how many events the stream keeps at most while the history has not stored them yet.</summary>
    /// <value>Default 1,000,000.</value>
    [Range(1_000, 100_000_000)]
    public int EventStreamMaxLength { get; set; } = 1_000_000;

    /// <summary>Largest size of one job's arguments, in bytes of UTF-8.</summary>
    /// <value>Default 262,144.</value>
    [Range(1_024, 16_777_216)]
    public int MaxArgumentBytes { get; set; } = 262_144;
}
