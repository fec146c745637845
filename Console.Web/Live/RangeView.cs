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
    /// <summary>Jobs per minute.</summary>
    public required Figure Succeeded { get; init; }
    /// <summary>Failed attempts, percent of all that ended.</summary>
    public required Figure FailedShare { get; init; }
    /// <summary>95th percentile of the time in the queue, seconds.</summary>
    public required Figure Wait { get; init; }
    /// <summary>Jobs that run at once, on average.</summary>
    public required Figure Busy { get; init; }
    /// <summary>Jobs per minute in each step, oldest first; the same list for every viewer.</summary>
    public required IReadOnlyList<double> SucceededPerMinute { get; init; }
    /// <summary>Failed attempts per minute in each step.</summary>
    public required IReadOnlyList<double> FailedPerMinute { get; init; }
    public long SucceededCount { get; init; }
    public long FailedCount { get; init; }
}

/// <summary>One key figure over a range.</summary>
/// <param name="Value">Over the range, or null when nothing is known.</param>
/// <param name="Before">Over the stretch before it, or null when that is not known in full.</param>
/// <param name="Course">Step by step, from the first that is known.</param>
public sealed record Figure(double? Value, double? Before, IReadOnlyList<double> Course);
