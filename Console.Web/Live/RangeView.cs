namespace OpsConsole.Web.Live;

/// <summary>Everything on the Overview that depends on the range.</summary>
public sealed record RangeView
{
    public required ViewRange Range { get; init; }
    public required DateTimeOffset From { get; init; }
    /// <summary>End of the last full step.</summary>
    public required DateTimeOffset To { get; init; }
    /// <summary>Since when anything is known; later than <see cref="From"/> while the past is unknown.</summary>
    public required DateTimeOffset KnownSince { get; init; }
    /// <summary>Since when single events are known; before that only counters by the hour, drawn as averages.</summary>
    public DateTimeOffset EventsSince { get; init; }
    /// <summary>Jobs per minute.</summary>
    public required Figure Succeeded { get; init; }
    /// <summary>Failed attempts, percent of all that ended.</summary>
    public required Figure FailedShare { get; init; }
    /// <summary>95th percentile of the time in the queue, seconds.</summary>
    public required Figure Wait { get; init; }
    /// <summary>Jobs that run at once, on average.</summary>
    public required Figure Busy { get; init; }
    public required ThroughputChart Chart { get; init; }
    public long SucceededCount { get; init; }
    public long FailedCount { get; init; }
    /// <summary>The totals when this was made: what came since is the difference to those of the view.</summary>
    public FleetTotals Totals { get; init; } = new();
}

/// <summary>One key figure over a range.</summary>
/// <param name="Value">Over the range, or null when nothing is known.</param>
/// <param name="Before">Over the stretch before it, or null when that is not known in full.</param>
/// <param name="Spark">Its course from the first known step, as SVG path data in a box of 112 by 32.</param>
/// <param name="SparkEnd">Height at which the course ends, or null.</param>
public sealed record Figure(double? Value, double? Before, string Spark, double? SparkEnd);

/// <summary>Jobs per minute as SVG path data, failed stacked on succeeded.</summary>
/// <param name="Top">Value at the upper edge.</param>
/// <param name="SucceededArea">Closed.</param>
/// <param name="SucceededLine">Open.</param>
/// <param name="FailedArea">Closed, between the two lines; empty when nothing failed.</param>
/// <param name="FailedLine">Open; empty when nothing failed.</param>
public sealed record ThroughputChart(double Top, string SucceededArea, string SucceededLine, string FailedArea, string FailedLine)
{
    public const double Width = 720;
    public const double Height = 232;
}
