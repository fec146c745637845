using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>All moments of a <see cref="ScheduleTiming"/>. Immutable; any number of schedules and threads can share one.</summary>
public sealed class Timetable
{
    private readonly ZoneClock clock;
    private readonly MomentSource[] sources;
    private readonly Exclusions? exclusions;
    private readonly long start;
    private readonly long end;
    private readonly int jitterSeconds;

    internal Timetable(ScheduleTiming timing, TimeZoneInfo zone, IReadOnlyList<MomentSource> sources, Exclusions? exclusions)
    {
        clock = ZoneClock.Of(zone);
        TimeZone = zone;
        this.sources = [.. sources];
        this.exclusions = exclusions;
        start = timing.Start is { } from ? clock.FirstInstantOf(from.Ticks) : DateTime.UnixEpoch.Ticks;
        end = timing.End is { } to ? clock.LastInstantOf(to.Ticks) : new DateTime(CronExpression.EndYear, 1, 1).Ticks;
        jitterSeconds = timing.JitterSeconds;
    }

    public TimeZoneInfo TimeZone { get; }

    /// <summary>Checks a timing and makes it ready to be asked. Calendars are the excluded days by name.</summary>
    public static TimetableResult Compile(ScheduleTiming timing, IReadOnlyDictionary<string, IReadOnlySet<DateOnly>> calendars) =>
        new TimetableCompiler(timing, calendars).Compile();

    /// <summary>The first moment after an instant, or null when there is none.</summary>
    public PlannedMoment? Next(DateTimeOffset after) => First(after.UtcTicks + 1);

    /// <summary>The moments from an instant (included) to another one (not included), at most so many.</summary>
    public IReadOnlyList<PlannedMoment> Between(DateTimeOffset from, DateTimeOffset to, int limit)
    {
        var moments = new List<PlannedMoment>();
        for (var next = First(from.UtcTicks); next is { } moment && moment.NominalAt < to && moments.Count < limit; next = Next(moment.NominalAt))
            moments.Add(moment);
        return moments;
    }

    /// <summary>How many moments there are in a range like that of <see cref="Between"/>, counted up to a limit.</summary>
    public int Count(DateTimeOffset from, DateTimeOffset to, int limit)
    {
        var count = 0;
        for (var next = First(from.UtcTicks); next is { } moment && moment.NominalAt < to && count < limit; next = Next(moment.NominalAt))
            count++;
        return count;
    }

    /// <summary>
    /// When a moment's job should start: the moment with its jitter. The jitter follows from the schedule and the moment alone, is at most what
    /// the timing says, and ends before the next moment.
    /// </summary>
    public DateTimeOffset Due(Guid scheduleId, PlannedMoment moment)
    {
        if (jitterSeconds == 0)
            return moment.NominalAt;
        var distance = Next(moment.NominalAt)?.NominalAt - moment.NominalAt ?? TimeSpan.MaxValue;
        return moment.NominalAt + Jitter.Of(scheduleId, moment.NominalAt, TimeSpan.FromSeconds(jitterSeconds), distance);
    }

    private PlannedMoment? First(long from)
    {
        from = Math.Max(from, start);
        if (from > end)
            return null;
        var (best, bestPlanned) = (MomentSource.Never, 0L);
        foreach (var source in sources)
        {
            var moment = FirstAllowed(source, from, out var planned);
            if (moment < best || moment == best && planned > bestPlanned)
                (best, bestPlanned) = (moment, planned);
        }
        return best <= end ? Moment(best, bestPlanned) : null;
    }

    /// <summary>A moment is excluded by the time that was meant, and by the time at which it would run.</summary>
    private long FirstAllowed(MomentSource source, long from, out long planned)
    {
        while (true)
        {
            var moment = source.First(from, out planned);
            if (exclusions is null || moment > end)
                return moment;
            if (exclusions.Cover(clock.LocalAt(moment), out var until))
                from = Math.Max(moment + 1, clock.FirstInstantOf(until));
            else if (exclusions.Cover(planned, out _))
                from = moment + 1;
            else
                return moment;
        }
    }

    private PlannedMoment Moment(long utc, long planned)
    {
        var span = clock.SpanAt(utc);
        var at = new DateTimeOffset(utc, TimeSpan.Zero);
        var local = new DateTime(planned);
        if (planned != utc + span.Offset)
            return new PlannedMoment(at, local, ClockChange.Moved);
        if (planned < span.OldClockAtStart)
            return new PlannedMoment(at, local, ClockChange.Second);
        return span.End - utc < TimeSpan.TicksPerDay && planned >= clock.SpanAt(span.End).ClockAtStart && clock.SpanAt(span.End).Start == span.End
            ? new PlannedMoment(at, local, ClockChange.First)
            : new PlannedMoment(at, local);
    }
}
