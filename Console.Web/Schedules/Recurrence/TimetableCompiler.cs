using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>Makes the rules of a timetable, and collects what is wrong with them.</summary>
internal sealed class TimetableCompiler(ScheduleTiming timing, IReadOnlyDictionary<string, IReadOnlySet<DateOnly>> calendars)
{
    private readonly TimingProblems problems = new();
    private readonly List<MomentSource> sources = [];

    public TimetableResult Compile()
    {
        var zone = TimeZones.Find(timing.TimeZone, out var unknown);
        if (unknown is not null)
            problems.Add("when.timeZone", unknown);
        TimingChecks.Check(timing, calendars, problems);
        AddCron(zone);
        AddIntervals(zone);
        if (zone is not null && !problems.Any && timing.At.Count > 0)
            sources.Add(new OneOffSource(timing, ZoneClock.Of(zone)));
        if (zone is null || problems.Any)
            return new TimetableResult(null, problems.All);
        var timetable = new Timetable(timing, zone, sources, Exclusions.Of(timing, calendars));
        CheckMoments(timetable);
        return new TimetableResult(problems.Any ? null : timetable, problems.All);
    }

    private void AddCron(TimeZoneInfo? zone)
    {
        for (var index = 0; index < Math.Min(timing.Cron.Count, TimingLimits.CronLines); index++)
        {
            var (expression, fault) = CronExpression.Parse(timing.Cron[index]);
            if (fault is not null)
                problems.Add($"when.cron[{index}]", fault.Message, fault.Position, fault.Length);
            else if (zone is not null)
                sources.Add(new CronSource(expression!, ZoneClock.Of(zone), timing));
        }
    }

    private void AddIntervals(TimeZoneInfo? zone)
    {
        if (zone is not null && !problems.Any)
            sources.AddRange(timing.Every.Select(interval => new IntervalSource(interval, ZoneClock.Of(zone))));
    }

    private void CheckMoments(Timetable timetable)
    {
        if (timetable.Next(DateTimeOffset.UnixEpoch.AddTicks(-1)) is null)
            problems.Add("when", NothingRuns());
        else if (ShortestDistance(timetable) is { } distance && TimeSpan.FromSeconds(timing.JitterSeconds) > distance)
            problems.Add("when.jitterSeconds", $"A jitter of {Durations.Text(timing.JitterSeconds)} is longer than the {Durations.Text((long)distance.TotalSeconds)} between two moments; at most {(long)distance.TotalSeconds} seconds are possible.");
    }

    private string NothingRuns() => timing is { ExceptRanges.Count: 0, ExceptCalendars.Count: 0 }
        ? "Nothing of this ever runs: no moment lies between its start and its end."
        : "Nothing of this ever runs: the exclusions, the start and the end leave no moment.";

    /// <summary>Between the first moments; null when it cannot matter.</summary>
    private TimeSpan? ShortestDistance(Timetable timetable)
    {
        const int Sample = 64;
        if (timing.JitterSeconds == 0 || timing is { Cron.Count: 1, Every.Count: 0, At.Count: 0 } && IsAlwaysShort(timing.Cron[0]))
            return null;
        // Without a start, a Monday far from any change of the clocks.
        var from = timing.Start is null ? new DateTimeOffset(2024, 1, 8, 0, 0, 0, TimeSpan.Zero) : DateTimeOffset.UnixEpoch;
        var moments = timetable.Between(from, DateTimeOffset.MaxValue, Sample);
        return moments.Zip(moments.Skip(1), (one, next) => next.NominalAt - one.NominalAt).DefaultIfEmpty(TimeSpan.MaxValue).Min();
    }

    private bool IsAlwaysShort(string line) =>
        CronExpression.Parse(line).Expression is { } expression && expression.ShortestDistance >= TimeSpan.FromSeconds(timing.JitterSeconds);
}
