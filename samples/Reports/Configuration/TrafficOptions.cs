using System.ComponentModel.DataAnnotations;

namespace OpsConsole.Samples.Reports.Configuration;

/// <summary>The made-up business that keeps the host busy. Section <c>Traffic</c>.</summary>
public sealed class TrafficOptions
{
    public const string Section = "Traffic";

    public bool Enabled { get; set; }

    /// <summary>Jobs per second on average over a day.</summary>
    [Range(0.01, 1_000)]
    public double JobsPerSecond { get; set; } = 4;

    /// <summary>A whole day of ups and downs is played in this many minutes; 1,440 follows the clock.</summary>
    [Range(1, 1_440)]
    public int DayMinutes { get; set; } = 60;

    /// <summary>Share of requests that ask for what cannot be done, in percent.</summary>
    [Range(0, 100)]
    public double BadRequestPercent { get; set; } = 0.5;

    /// <summary>Share of webhook answers that come later than the sender waits, in percent.</summary>
    [Range(0, 100)]
    public double SlowPartnerPercent { get; set; } = 4;

    /// <summary>Port on loopback of the partner that webhooks go to.</summary>
    [Range(1_024, 65_535)]
    public int PartnerPort { get; set; } = 5_087;

    /// <summary>The partner is out of service once in this many minutes; 0 is never.</summary>
    [Range(0, 10_000)]
    public int PartnerOutageEveryMinutes { get; set; } = 23;

    /// <summary>How long it is then.</summary>
    [Range(1, 3_600)]
    public int PartnerOutageSeconds { get; set; } = 20;

    /// <summary>No more jobs are made while this many wait in one queue.</summary>
    [Range(10, 1_000_000)]
    public int MaxWaiting { get; set; } = 400;

    /// <summary>Seed of every choice; 0 takes another one at each start.</summary>
    public int Seed { get; set; }
}
