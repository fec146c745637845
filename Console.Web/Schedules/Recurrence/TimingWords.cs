using System.Globalization;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>A timing in plain English: one sentence when it is simple, several with full stops when it is not.</summary>
public static class TimingWords
{
    private const int MostRules = 8;
    private const int MostMoments = 4;

    /// <summary>"Every 4 hours at minute 0, Europe/Paris".</summary>
    public static string Describe(ScheduleTiming timing)
    {
        var rules = Rules(timing).ToList();
        if (rules.Count == 0)
            return "Nothing says when it runs";
        var shown = rules.Count <= MostRules ? rules : [.. rules.Take(MostRules - 1), $"and by {rules.Count - MostRules + 1} more rules"];
        var sentences = new List<string> { Phrases.Sentence(string.Join("; ", shown)) + (HasLocalTimes(timing) ? $", {timing.TimeZone}" : "") };
        sentences.AddRange(TimingLimitWords.Of(timing));
        return sentences.Count == 1 ? sentences[0] : string.Concat(sentences.Select(sentence => sentence + ". ")).TrimEnd();
    }

    /// <summary>One cron line in words, or null when it has a fault.</summary>
    public static string? DescribeCron(string line) =>
        CronExpression.Parse(line).Fault is null && CronReader.Read(line, out _) is { } syntax ? Phrases.Sentence(CronWords.Describe(syntax)) : null;

    /// <summary>An interval by itself is the same in every zone.</summary>
    private static bool HasLocalTimes(ScheduleTiming timing) =>
        timing.Cron.Count + timing.At.Count + timing.ExceptRanges.Count + timing.ExceptCalendars.Count > 0 || timing.Start is not null || timing.End is not null;

    private static IEnumerable<string> Rules(ScheduleTiming timing)
    {
        for (var index = 0; index < timing.Cron.Count; index++)
            yield return CronReader.Read(timing.Cron[index], out _) is { } syntax ? CronWords.Describe(syntax) : $"cron line {index + 1} is not understood";
        foreach (var interval in timing.Every)
            yield return Interval(interval);
        if (timing.At.Count > 0)
            yield return OneOffs(timing.At);
    }

    /// <summary>The epoch is midnight, so that an interval that divides the day begins anew at each midnight of UTC.</summary>
    private static string Interval(ScheduleInterval interval)
    {
        var (seconds, phase) = interval;
        if (seconds < 1)
            return $"an interval of {seconds} seconds is not possible";
        var every = $"every {(seconds is 1 or 60 or 3_600 or 86_400 ? Durations.Text(seconds)[2..] : Durations.Text(seconds))}";
        if (phase == 0 && 3_600 % seconds == 0)
            return every;
        var first = DateTime.UnixEpoch.AddSeconds(phase);
        return 86_400 % seconds == 0 && phase < 86_400
            ? $"{every}, counted from {Phrases.TimeOf(first)} UTC"
            : $"{every}, counted from {Phrases.Moment(first)} UTC";
    }

    private static string OneOffs(IReadOnlyList<DateTime> moments)
    {
        var ordered = moments.Distinct().Order().ToList();
        return ordered.Count <= MostMoments
            ? $"{(ordered.Count == 1 ? "once" : "once each")} on {Phrases.List(ordered.Select(moment => $"{Phrases.Date(moment)} at {Phrases.TimeOf(moment)}"))}"
            : string.Create(CultureInfo.InvariantCulture, $"at {ordered.Count:N0} single moments from {Phrases.Moment(ordered[0])} to {Phrases.Moment(ordered[^1])}");
    }
}
