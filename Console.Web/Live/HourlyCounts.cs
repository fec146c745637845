using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Live;

/// <summary>Brings the counters that Redis keeps by the hour onto a timeline of minutes, as even as they can be.</summary>
public static class HourlyCounts
{
    /// <summary>Fills the minutes before <paramref name="until"/>; gives the first hour in which anything was counted, or null.</summary>
    public static DateTimeOffset? Spread(IReadOnlyList<HourlyCount> hours, DateTimeOffset until, Timeline minutes)
    {
        DateTimeOffset? oldest = null;
        foreach (var hour in hours.Where(hour => hour.Hour < until && hour.Succeeded + hour.Failed > 0).OrderBy(hour => hour.Hour))
        {
            oldest ??= hour.Hour;
            for (var minute = 0; minute < 60 && hour.Hour.AddMinutes(minute + 1) <= until; minute++)
            {
                if (minutes.At(hour.Hour.AddMinutes(minute)) is not { } bucket)
                    continue;
                bucket.Succeeded += Share(hour.Succeeded, minute);
                bucket.Failed += Share(hour.Failed, minute);
            }
        }
        return oldest;
    }

    /// <summary>What falls on one of sixty minutes, so that all of them together are the whole.</summary>
    private static long Share(long count, int minute) => (count * (minute + 1) / 60) - (count * minute / 60);
}
