using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>What is allowed, but may not be what was meant.</summary>
public static class TimingWarnings
{
    /// <summary>Warnings in the order of the definition. The timetable is the compiled form of the timing.</summary>
    public static IReadOnlyList<TimingProblem> Of(ScheduleTiming timing, Timetable timetable, DateTimeOffset now)
    {
        var warnings = new TimingProblems();
        for (var index = 0; index < timing.Cron.Count; index++)
        {
            if (CronReader.Read(timing.Cron[index], out _) is not { } syntax)
                continue;
            foreach (var message in CronWarnings.Of(syntax))
                warnings.Add($"when.cron[{index}]", message);
            if (timing.Cron.Take(index).Any(line => line.Trim() == timing.Cron[index].Trim()))
                warnings.Add($"when.cron[{index}]", "This line stands here twice; it runs once.");
        }
        foreach (var message in ClockWarnings.Of(timetable, now))
            warnings.Add("when.timeZone", message);
        foreach (var message in Frequency(timetable, now).Concat(Ends(timetable, now)))
            warnings.Add("when", message);
        return warnings.All;
    }

    private static IEnumerable<string> Frequency(Timetable timetable, DateTimeOffset now)
    {
        const int Sample = 200;
        var moments = timetable.Between(now, DateTimeOffset.MaxValue, Sample);
        var distances = moments.Zip(moments.Skip(1), (one, next) => next.NominalAt - one.NominalAt).ToList();
        if (distances.Count > 0 && distances.Min() < TimeSpan.FromMinutes(1))
            yield return $"It runs more often than once a minute: some runs are only {Durations.Text((long)distances.Min().TotalSeconds)} apart.";
        if (moments is [{ NominalAt: var next }, ..] && next - now > TimeSpan.FromDays(366))
            yield return $"The next run is more than a year away: {Local(timetable, next)}.";
    }

    private static IEnumerable<string> Ends(Timetable timetable, DateTimeOffset now)
    {
        if (timetable.Last() is not { } last)
            yield break;
        yield return last.NominalAt <= now
            ? $"It never runs again; its last moment was {Local(timetable, last.NominalAt)}."
            : $"It never runs again after {Local(timetable, last.NominalAt)}.";
    }

    private static string Local(Timetable timetable, DateTimeOffset moment) =>
        $"{Phrases.Moment(TimeZoneInfo.ConvertTime(moment, timetable.TimeZone).DateTime)} ({timetable.TimeZone.Id})";
}
