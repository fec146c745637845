namespace OpsConsole.Web.Metrics;

/// <summary>How much time the page shows.</summary>
/// <param name="Key">In the address.</param>
/// <param name="Title">On the switch.</param>
/// <param name="Words">In a sentence, after "the".</param>
/// <param name="Steps">Points of each curve.</param>
/// <param name="Minutes">Length of a step, unless it is days.</param>
/// <param name="Days">Length of a step in days of the viewer's zone, or 0.</param>
public sealed record MetricsRange(string Key, string Title, string Words, int Steps, int Minutes, int Days = 0)
{
    public static readonly IReadOnlyList<MetricsRange> All =
    [
        new("15m", "15 min", "last 15 minutes", 15, 1),
        new("1h", "1 h", "last hour", 60, 1),
        new("6h", "6 h", "last 6 hours", 72, 5),
        new("24h", "24 h", "last 24 hours", 96, 15),
        new("7d", "7 d", "last 7 days", 84, 120),
        new("30d", "30 d", "last 30 days", 30, 0, Days: 1),
        new("90d", "90 d", "last 90 days", 90, 0, Days: 1),
        new("1y", "1 year", "last year", 53, 0, Days: 7),
    ];

    public static MetricsRange Default => All[3];

    /// <summary>Length of a step; a day of the viewer's zone may differ by an hour.</summary>
    public TimeSpan Step => Days > 0 ? TimeSpan.FromDays(Days) : TimeSpan.FromMinutes(Minutes);

    public TimeSpan Length => Step * Steps;

    /// <summary>The step in words: "5 min", "day".</summary>
    public string StepWords => (Days, Minutes) switch
    {
        (7, _) => "week",
        ( > 0, _) => "day",
        (_, 120) => "2 hours",
        (_, 1) => "minute",
        _ => $"{Minutes} minutes",
    };

    /// <summary>The range of this key, or the default one for a key that is none.</summary>
    public static MetricsRange Of(string? key) => All.FirstOrDefault(range => range.Key == key) ?? Default;
}
