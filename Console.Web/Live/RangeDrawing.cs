namespace OpsConsole.Web.Live;

/// <summary>Makes <see cref="RangeView"/>s from the timelines.</summary>
public static class RangeDrawing
{
    public static RangeView Draw(ViewRange range, Timeline seconds, Timeline minutes, DateTimeOffset now, DateTimeOffset knownSince)
    {
        var timeline = range.Step < minutes.Step ? seconds : minutes;
        // Steps are aligned to the clock, so that a point once drawn keeps its value and the line only moves left.
        var to = new DateTimeOffset(now.UtcTicks / range.Step.Ticks * range.Step.Ticks, TimeSpan.Zero);
        var from = to - range.Length;
        var steps = Enumerable.Range(0, (int)(range.Length / range.Step))
            .Select(i => timeline.Sum(from + (i * range.Step), from + ((i + 1) * range.Step))).ToList();
        var sum = timeline.Sum(now - range.Length, now.AddTicks(1));
        var past = knownSince <= now - (2 * range.Length) ? minutes.Sum(now - (2 * range.Length), now - range.Length) : null;
        var known = Minutes(now - (knownSince > from ? knownSince : from));
        var seen = steps.Skip((int)Math.Clamp((knownSince - from) / range.Step, 0, steps.Count)).ToList();

        Figure Of(Func<TimeBucket, double?> measure, Func<TimeBucket, double, double?> whole) =>
            Drawn(whole(sum, known), past is null ? null : whole(past, range.Length.TotalMinutes), Course(seen, measure));

        return new RangeView
        {
            Range = range,
            From = from,
            To = to,
            KnownSince = knownSince,
            SucceededCount = sum.Succeeded,
            FailedCount = sum.Failed,
            Succeeded = Of(step => step.Succeeded / range.Step.TotalMinutes, (bucket, length) => bucket.Succeeded / length),
            FailedShare = Of(Share, (bucket, _) => Share(bucket)),
            Wait = Of(Wait, (bucket, _) => Wait(bucket)),
            Busy = Of(Busy, (bucket, _) => Busy(bucket)),
            Chart = Chart([.. steps.Select(step => step.Succeeded / range.Step.TotalMinutes)], [.. steps.Select(step => step.Ended / range.Step.TotalMinutes)]),
        };
    }

    private static Figure Drawn(double? value, double? before, List<double> course)
    {
        // Room above and below for half of the line's width and for the end dot.
        const double width = 112, height = 32, margin = 3;
        var (low, high) = course.Count > 0 ? (course.Min(), course.Max()) : (0, 0);
        var scaled = course.Select(point => margin + (high > low ? (point - low) / (high - low) * (height - (2 * margin)) : (height / 2) - margin)).ToList();
        return new Figure(value, before, SeriesPath.Line(scaled, height, width, height), scaled.Count > 1 ? height - scaled[^1] : null);
    }

    private static ThroughputChart Chart(double[] succeeded, double[] ended)
    {
        const double width = ThroughputChart.Width, height = ThroughputChart.Height;
        var top = SeriesPath.NiceTop(ended.Length == 0 ? 0 : ended.Max());
        var hasFailed = !succeeded.SequenceEqual(ended);
        return new ThroughputChart(
            top,
            SeriesPath.Area(succeeded, null, top, width, height),
            SeriesPath.Line(succeeded, top, width, height),
            hasFailed ? SeriesPath.Area(ended, succeeded, top, width, height) : "",
            hasFailed ? SeriesPath.LineAbove(ended, succeeded, top, width, height) : "");
    }

    /// <summary>A step in which nothing was measured keeps the value of the one before.</summary>
    private static List<double> Course(List<TimeBucket> steps, Func<TimeBucket, double?> measure)
    {
        var course = new List<double>(steps.Count);
        foreach (var step in steps)
            course.Add(measure(step) ?? (course.Count > 0 ? course[^1] : 0));
        return course;
    }

    private static double Minutes(TimeSpan span) => Math.Max(1.0 / 60, span.TotalMinutes);
    private static double? Share(TimeBucket bucket) => bucket.Ended == 0 ? null : bucket.Failed * 100.0 / bucket.Ended;
    private static double? Wait(TimeBucket bucket) => bucket.Waits?.Quantile(0.95)?.TotalSeconds;
    private static double? Busy(TimeBucket bucket) => bucket.Samples == 0 ? null : bucket.BusySum / bucket.Samples;
}
