using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>Local times without runs: ranges, and the days of calendars.</summary>
internal sealed class Exclusions
{
    private readonly (long From, long To)[] ranges;
    private readonly IReadOnlySet<DateOnly>[] calendars;

    private Exclusions((long From, long To)[] ranges, IReadOnlySet<DateOnly>[] calendars)
    {
        this.ranges = ranges;
        this.calendars = calendars;
    }

    /// <summary>Null when nothing is excluded.</summary>
    public static Exclusions? Of(ScheduleTiming timing, IReadOnlyDictionary<string, IReadOnlySet<DateOnly>> calendars) =>
        timing.ExceptRanges.Count == 0 && timing.ExceptCalendars.Count == 0
            ? null
            : new Exclusions(
                [.. timing.ExceptRanges.Select(range => (range.From.Ticks, range.To.Ticks))],
                [.. timing.ExceptCalendars.Select(name => calendars[name])]);

    /// <summary>Whether a local time is excluded, and until which local time at least.</summary>
    public bool Cover(long local, out long until)
    {
        until = local;
        foreach (var (from, to) in ranges)
        {
            if (local >= from && local < to && to > until)
                until = to;
        }
        var day = local / TimeSpan.TicksPerDay;
        var date = DateOnly.FromDayNumber((int)day);
        foreach (var calendar in calendars)
        {
            if (calendar.Contains(date))
                until = Math.Max(until, (day + 1) * TimeSpan.TicksPerDay);
        }
        return until > local;
    }
}
