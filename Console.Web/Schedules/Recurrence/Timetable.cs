using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>All moments of a <see cref="ScheduleTiming"/>. Immutable; any number of schedules and threads can share one.</summary>
public sealed class Timetable
{
    private static readonly long Horizon = new DateTime(CronExpression.EndYear, 1, 1).Ticks;

    private readonly ZoneClock clock;
    private readonly MomentSource[] sources;
    private readonly Exclusions? exclusions;
    private readonly long start;
    private readonly long end;
    private readonly int jitterSeconds;
    private readonly SkippedTime skipped;
    private readonly RepeatedTime repeated;

    internal Timetable(ScheduleTiming timing, TimeZoneInfo zone, IReadOnlyList<MomentSource> sources, Exclusions? exclusions)
    {
        clock = ZoneClock.Of(zone);
        TimeZone = zone;
        this.sources = [.. sources];
        this.exclusions = exclusions;
        start = timing.Start is { } from ? clock.FirstInstantOf(from.Ticks) : DateTime.UnixEpoch.Ticks;
        end = timing.End is { } to ? clock.LastInstantOf(to.Ticks) : Horizon;
        jitterSeconds = timing.JitterSeconds;
        skipped = timing.SkippedTime;
        repeated = timing.RepeatedTime;
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

    /// <summary>The last moment of all; null when there is none or no end.</summary>
    public PlannedMoment? Last()
    {
        if (end == Horizon && sources.Any(source => source is not OneOffSource))
            return null;
        var last = (PlannedMoment?)null;
        // Looks back from the end, ever further, so that many moments are never walked through.
        for (var (back, to) = (TimeSpan.TicksPerMinute, end); last is null && to > start; back *= 4)
        {
            var from = Math.Max(start, end - Math.Min(back, end - start));
            for (var next = First(from); next is { } moment && moment.NominalAt.UtcTicks <= to; next = Next(moment.NominalAt))
                last = moment;
            to = from;
        }
        return last;
    }

    /// <summary>Changes of the clocks between two instants that concern a moment of a fixed local time.</summary>
    internal IEnumerable<ClockEffect> ClockEffects(DateTimeOffset from, DateTimeOffset to)
    {
        var until = Math.Min(to.UtcTicks, end);
        for (var span = clock.SpanAt(Math.Max(from.UtcTicks, start)); span.End <= until;)
        {
            span = clock.SpanAt(span.End);
            if (EffectAt(span) is { } effect)
                yield return effect;
        }
    }

    private ClockEffect? EffectAt(ZoneSpan span)
    {
        var (old, shown) = (span.OldClockAtStart, span.ClockAtStart);
        var planned = sources.Select(source => source.FixedTime(Math.Min(old, shown), Math.Max(old, shown))).Where(local => local is not null).Min();
        if (planned is not { } local || exclusions?.Cover(local, out _) == true)
            return null;
        var kind = shown > old
            ? skipped == SkippedTime.Move ? ClockEffectKind.Moved : ClockEffectKind.LeftOut
            : repeated == RepeatedTime.Once ? ClockEffectKind.Once : ClockEffectKind.Twice;
        return new ClockEffect(kind, new DateTime(local), new DateTime(old), new DateTime(shown));
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
