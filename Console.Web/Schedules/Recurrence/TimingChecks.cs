using System.Globalization;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>What can be said against a timing without asking for its moments.</summary>
internal static class TimingChecks
{
    public static void Check(ScheduleTiming timing, IReadOnlyDictionary<string, IReadOnlySet<DateOnly>> calendars, TimingProblems problems)
    {
        if (timing.Cron.Count + timing.Every.Count + timing.At.Count == 0)
            problems.Add("when", "Nothing says when it runs; add a cron line, an interval or a one-off moment.");
        Limit(timing.Cron.Count, TimingLimits.CronLines, "when.cron", "cron lines", problems);
        Limit(timing.Every.Count, TimingLimits.Intervals, "when.every", "intervals", problems);
        Limit(timing.At.Count, TimingLimits.OneOffs, "when.at", "one-off moments", problems);
        Limit(timing.ExceptRanges.Count, TimingLimits.Ranges, "when.exceptRanges", "excluded ranges", problems);
        Limit(timing.ExceptCalendars.Count, TimingLimits.Calendars, "when.exceptCalendars", "calendars", problems);
        Intervals(timing, problems);
        Moments(timing, problems);
        Ranges(timing, problems);
        for (var index = 0; index < timing.ExceptCalendars.Count; index++)
        {
            if (!calendars.ContainsKey(timing.ExceptCalendars[index]))
                problems.Add($"when.exceptCalendars[{index}]", $"There is no calendar \"{timing.ExceptCalendars[index]}\".");
        }
    }

    private static void Limit(int count, int limit, string path, string what, TimingProblems problems)
    {
        if (count > limit)
            problems.Add(path, $"{count} {what} are too many; at most {limit} are allowed.");
    }

    private static void Intervals(ScheduleTiming timing, TimingProblems problems)
    {
        for (var index = 0; index < timing.Every.Count; index++)
        {
            var (seconds, phase) = timing.Every[index];
            if (seconds < 1)
                problems.Add($"when.every[{index}].seconds", $"An interval of {seconds} seconds is not possible; it must be at least 1 second.");
            else if (phase < 0 || phase >= seconds)
                problems.Add($"when.every[{index}].phaseSeconds", $"A phase of {phase} seconds is not possible; it must be 0 to {seconds - 1}, less than the interval.");
        }
    }

    private static void Moments(ScheduleTiming timing, TimingProblems problems)
    {
        for (var index = 0; index < timing.At.Count; index++)
            Local(timing.At[index], $"when.at[{index}]", problems);
        if (timing.Start is { } start)
            Local(start, "when.start", problems);
        if (timing.End is { } end)
            Local(end, "when.end", problems);
        if (timing.End < timing.Start)
            problems.Add("when.end", $"The end ({Text(timing.End.Value)}) is before the start ({Text(timing.Start.Value)}).");
        if (timing.JitterSeconds < 0)
            problems.Add("when.jitterSeconds", $"A jitter of {timing.JitterSeconds} seconds is not possible; it must be 0 or more.");
    }

    private static void Ranges(ScheduleTiming timing, TimingProblems problems)
    {
        for (var index = 0; index < timing.ExceptRanges.Count; index++)
        {
            var range = timing.ExceptRanges[index];
            Local(range.From, $"when.exceptRanges[{index}].from", problems);
            Local(range.To, $"when.exceptRanges[{index}].to", problems);
            if (range.To <= range.From)
                problems.Add($"when.exceptRanges[{index}].to", $"The excluded range ends ({Text(range.To)}) before it has begun ({Text(range.From)}); its end must be later.");
        }
    }

    private static void Local(DateTime moment, string path, TimingProblems problems)
    {
        if (moment.Kind != DateTimeKind.Unspecified)
            problems.Add(path, $"{Text(moment)} must be a local time of the schedule's zone; leave out Z or the offset.");
        else if (moment.Year is < TimingLimits.FirstYear or > TimingLimits.LastYear)
            problems.Add(path, $"{Text(moment)} is outside of the years {TimingLimits.FirstYear} to {TimingLimits.LastYear}.");
        else if (moment.Ticks % TimeSpan.TicksPerSecond != 0)
            problems.Add(path, $"{Text(moment)} has a fraction of a second; moments fall on whole seconds.");
    }

    private static string Text(DateTime moment) => moment.ToString(moment.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
