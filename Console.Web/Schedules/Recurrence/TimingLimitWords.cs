using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>What a timing takes away from its rules, in words.</summary>
internal static class TimingLimitWords
{
    private const int MostRanges = 3;

    public static IEnumerable<string> Of(ScheduleTiming timing)
    {
        if (Exclusions(timing) is { Count: > 0 } exclusions)
            yield return $"Not {Phrases.List(exclusions)}";
        if (Bounds(timing) is { } bounds)
            yield return bounds;
        if (timing.JitterSeconds > 0)
            yield return $"Each run is put off by up to {Durations.Text(timing.JitterSeconds)}";
        if (!HasFixedTimes(timing))
            yield break;
        if (timing.SkippedTime == SkippedTime.Skip)
            yield return "A local time that does not exist is left out";
        if (timing.RepeatedTime == RepeatedTime.Twice)
            yield return "A local time that comes twice runs twice";
    }

    private static List<string> Exclusions(ScheduleTiming timing)
    {
        var parts = timing.ExceptRanges.Count <= MostRanges
            ? timing.ExceptRanges.Select(range => $"from {Phrases.Moment(range.From)} until before {Phrases.Moment(range.To)}").ToList()
            : [$"in {timing.ExceptRanges.Count} ranges from {Phrases.Moment(timing.ExceptRanges.Min(range => range.From))} until before {Phrases.Moment(timing.ExceptRanges.Max(range => range.To))}"];
        if (timing.ExceptCalendars.Count > 0)
            parts.Add($"on the days of the calendar{(timing.ExceptCalendars.Count == 1 ? "" : "s")} {Phrases.List(timing.ExceptCalendars)}");
        return parts;
    }

    private static string? Bounds(ScheduleTiming timing) => (timing.Start, timing.End) switch
    {
        ({ } start, { } end) => $"Only from {Phrases.Moment(start)} to {Phrases.Moment(end)}, both included",
        ({ } start, null) => $"Not before {Phrases.Moment(start)}",
        (null, { } end) => $"Not after {Phrases.Moment(end)}",
        _ => null,
    };

    private static bool HasFixedTimes(ScheduleTiming timing) =>
        timing.At.Count > 0 || timing.Cron.Any(line => CronExpression.Parse(line).Expression is { RunsEveryHour: false });
}
