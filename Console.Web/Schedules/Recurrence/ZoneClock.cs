using System.Collections.Concurrent;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>
/// The clock on the wall of a time zone as spans between its changes. <see cref="TimeZoneInfo"/> says what they are; it is asked once per year
/// and zone, because it is too slow to be asked for each moment. All times are ticks, of UTC or of the local clock.
/// </summary>
internal sealed class ZoneClock
{
    public const int FirstYear = 1970;

    private const int LastKeptYear = 2200;

    private static readonly ConcurrentDictionary<string, ZoneClock> Clocks = new(StringComparer.Ordinal);

    private readonly TimeZoneInfo zone;
    private readonly ZoneSpan[]? always;
    private readonly ZoneSpan[]?[] years = new ZoneSpan[]?[LastKeptYear - FirstYear + 1];

    private ZoneClock(TimeZoneInfo zone)
    {
        this.zone = zone;
        var offset = zone.BaseUtcOffset.Ticks;
        always = zone.GetAdjustmentRules().Length == 0 ? [new ZoneSpan(0, DateTime.MaxValue.Ticks, offset, offset)] : null;
    }

    public static ZoneClock Of(TimeZoneInfo zone) => Clocks.GetOrAdd(zone.Id, _ => new ZoneClock(zone));

    /// <summary>The span that contains an instant. It may end before the clock changes, at the end of a year.</summary>
    public ZoneSpan SpanAt(long utc)
    {
        var spans = always ?? SpansOf(new DateTime(utc).Year);
        var index = spans.Length - 1;
        while (index > 0 && spans[index].Start > utc)
            index--;
        return spans[index];
    }

    public long LocalAt(long utc) => utc + SpanAt(utc).Offset;

    /// <summary>The instants at which the clock shows a local time: none inside a gap, two when it is set back, else one.</summary>
    public IReadOnlyList<long> InstantsOf(long local)
    {
        var instants = new List<long>(1);
        foreach (var span in SpansAround(local))
        {
            var utc = local - span.Offset;
            if (span.Contains(utc) && !instants.Contains(utc))
                instants.Add(utc);
        }
        return instants;
    }

    /// <summary>The first instant at which the clock shows a local time; for one that it never shows, the end of the gap.</summary>
    public long FirstInstantOf(long local) => InstantsOf(local) is [var first, ..] ? first : GapEnd(local);

    public long LastInstantOf(long local) => InstantsOf(local) is [.., var last] ? last : GapEnd(local);

    private long GapEnd(long local) =>
        SpansAround(local).First(span => span.Start + span.OffsetBefore <= local && local < span.Start + span.Offset).Start;

    private IEnumerable<ZoneSpan> SpansAround(long local)
    {
        var from = Math.Max(local - 2 * TimeSpan.TicksPerDay, 0);
        var to = Math.Min(local + 2 * TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks);
        for (var at = from; at < to;)
        {
            var span = SpanAt(at);
            yield return span;
            at = span.End;
        }
    }

    private ZoneSpan[] SpansOf(int year) =>
        year is >= FirstYear and <= LastKeptYear ? years[year - FirstYear] ??= Load(year) : Load(year);

    private ZoneSpan[] Load(int year)
    {
        var end = year == DateTime.MaxValue.Year ? DateTime.MaxValue.Ticks : new DateTime(year + 1, 1, 1).Ticks;
        // Looking back a little finds a change just before the year, whose repeated hour may reach into it.
        var start = Math.Max(new DateTime(year, 1, 1).Ticks - 3 * TimeSpan.TicksPerDay, 0);
        var spans = new List<ZoneSpan>(3);
        var (offset, before) = (OffsetAt(start), OffsetAt(start));
        for (var day = start; day < end; day += TimeSpan.TicksPerDay)
        {
            var next = Math.Min(day + TimeSpan.TicksPerDay, end);
            if (OffsetAt(next) == offset)
                continue;
            var change = ChangeBetween(day, next, offset);
            if (change == end)
                break;
            spans.Add(new ZoneSpan(start, change, offset, before));
            (start, before, offset) = (change, offset, OffsetAt(next));
        }
        spans.Add(new ZoneSpan(start, end, offset, before));
        return [.. spans];
    }

    /// <summary>The first instant of the new offset. Changes fall on whole seconds.</summary>
    private long ChangeBetween(long old, long changed, long offset)
    {
        while (changed - old > TimeSpan.TicksPerSecond)
        {
            var middle = old + (changed - old) / 2 / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond;
            if (OffsetAt(middle) == offset)
                old = middle;
            else
                changed = middle;
        }
        return changed;
    }

    private long OffsetAt(long utc) => zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)).Ticks;
}

/// <summary>A time without a change of the clock: from one instant to another (not included), with what is added to UTC, and what was added before.</summary>
internal readonly record struct ZoneSpan(long Start, long End, long Offset, long OffsetBefore)
{
    public bool Contains(long utc) => utc >= Start && utc < End;

    /// <summary>Local times from here to the start of the span do not exist; equal or later: none are missing.</summary>
    public long OldClockAtStart => Start + OffsetBefore;

    public long ClockAtStart => Start + Offset;
}
