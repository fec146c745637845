namespace OpsConsole.Web.Metrics;

/// <summary>The stretches of time that the points of the curves stand for.</summary>
public sealed class MetricsWindow
{
    // Of a step that has just begun there is too little to say how it goes.
    private const double ShownFrom = 0.1;
    private const int DaysOfWeek = 7;

    private readonly MetricsRange _range;
    private readonly TimeZoneInfo _zone;

    private MetricsWindow(MetricsRange range, TimeZoneInfo zone, DateTimeOffset now, DateTimeOffset[] edges) =>
        (_range, _zone, Now, Edges) = (range, zone, now, edges);

    public DateTimeOffset Now { get; }

    /// <summary>In order; one more than there are points.</summary>
    public IReadOnlyList<DateTimeOffset> Edges { get; }

    public DateTimeOffset From => Edges[0];

    public DateTimeOffset Until => Edges[^1];

    public int Points => Edges.Count - 1;

    /// <summary>Whether the last point still grows.</summary>
    public bool IsRunning => Until > Now;

    /// <param name="until">Null for now.</param>
    public static MetricsWindow Of(MetricsRange range, DateTimeOffset? until, DateTimeOffset now, TimeZoneInfo zone)
    {
        var end = until is { } asked && asked < now ? asked : now;
        return range.Days > 0 ? new(range, zone, now, DayEdges(range, end, zone)) : new(range, zone, now, StepEdges(range, end));
    }

    /// <summary>As much time just before; the same clock times where steps are days.</summary>
    public IReadOnlyList<DateTimeOffset> Before() => Shifted(_range.Days > 0 ? _range.Days * _range.Steps : null);

    /// <summary>The same weekdays and clock times, as few weeks earlier as keep the two apart.</summary>
    public IReadOnlyList<DateTimeOffset> WeeksBefore() => Shifted((int)Math.Ceiling(_range.Length.TotalDays / DaysOfWeek) * DaysOfWeek);

    /// <summary>How much of a step is over by now.</summary>
    public TimeSpan Elapsed(int point)
    {
        var end = Edges[point + 1] < Now ? Edges[point + 1] : Now;
        return end > Edges[point] ? end - Edges[point] : TimeSpan.Zero;
    }

    /// <summary>How much of the time before is compared with a step: as much as is over, in full minutes, for there is nothing finer.</summary>
    public TimeSpan Compared(int point) => Elapsed(point) is var elapsed && elapsed < Edges[point + 1] - Edges[point]
        ? TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling(elapsed.TotalMinutes))) : Edges[point + 1] - Edges[point];

    public TimeSpan ElapsedInAll => (Until < Now ? Until : Now) - From;

    private DateTimeOffset[] Shifted(int? days) =>
        days is { } local ? [.. Edges.Select(edge => At(TimeZoneInfo.ConvertTime(edge, _zone).DateTime.AddDays(-local), _zone))] : [.. Edges.Select(edge => edge - _range.Length)];

    private static DateTimeOffset[] StepEdges(MetricsRange range, DateTimeOffset end)
    {
        var step = range.Step.Ticks;
        var last = (end.UtcTicks - (long)(ShownFrom * step) + step - 1) / step * step;
        return [.. Enumerable.Range(0, range.Steps + 1).Select(i => new DateTimeOffset(last - ((range.Steps - i) * step), TimeSpan.Zero))];
    }

    private static DateTimeOffset[] DayEdges(MetricsRange range, DateTimeOffset end, TimeZoneInfo zone)
    {
        var last = TimeZoneInfo.ConvertTime(end.AddTicks(-1), zone).Date.AddDays(1);
        return [.. Enumerable.Range(0, range.Steps + 1).Select(i => At(last.AddDays(-range.Days * (range.Steps - i)), zone))];
    }

    /// <summary>A local time as a moment; one that the clocks skip is the moment at which they do.</summary>
    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
