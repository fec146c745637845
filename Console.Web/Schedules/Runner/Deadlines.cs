using System.Collections.Concurrent;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Finds by when the job of a moment must have ended.</summary>
internal static class Deadlines
{
    private static readonly ConcurrentDictionary<string, TimeZoneInfo> Zones = new(StringComparer.Ordinal);

    /// <summary>The first time that the clock of the zone shows this time of day after the moment; where a change of the clocks leaves it out, the moment of the change.</summary>
    public static DateTimeOffset Of(DateTimeOffset nominal, TimeOnly deadline, string zoneName)
    {
        var zone = Zones.GetOrAdd(zoneName, Find);
        var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(nominal, zone).DateTime).AddDays(-1);
        while (true)
        {
            foreach (var at in Instants(date.ToDateTime(deadline), zone))
            {
                if (at > nominal)
                    return at;
            }
            date = date.AddDays(1);
        }
    }

    private static IEnumerable<DateTimeOffset> Instants(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local))
            local = EndOfGap(local, zone);
        return zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).OrderDescending().Select(offset => Utc(local, offset))
            : [Utc(local, zone.GetUtcOffset(local))];
    }

    private static DateTime EndOfGap(DateTime local, TimeZoneInfo zone)
    {
        local = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        return local;
    }

    private static DateTimeOffset Utc(DateTime local, TimeSpan offset) => new(local - offset, TimeSpan.Zero);

    private static TimeZoneInfo Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
