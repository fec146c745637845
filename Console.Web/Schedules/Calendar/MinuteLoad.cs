namespace OpsConsole.Web.Schedules.Calendar;

/// <summary>How many schedules start in each minute of the hours in which some moments fall.</summary>
/// <param name="Moment">The moment, by the clock of the zone, in whose minute most others start.</param>
/// <param name="Others">Schedules that start in that minute too.</param>
/// <param name="ByMinute">For each minute of the hour the largest number over all of the moments' hours.</param>
public sealed record MinuteLoad(DateTimeOffset Moment, int Others, IReadOnlyList<int> ByMinute)
{
    /// <summary>Moments that are looked at.</summary>
    public const int MostMoments = 10;

    // A timing that starts more often than this within an hour fills every minute anyway.
    private const int MostInAnHour = 120;

    /// <param name="zone">Whose hours and minutes are meant.</param>
    /// <param name="own">Timing of the schedule itself as it is stored, which is not counted; null for a new one.</param>
    /// <returns>Null when there is no moment.</returns>
    public static MinuteLoad? Of(Outlook outlook, IReadOnlyList<DateTimeOffset> moments, TimeZoneInfo zone, string? own, CancellationToken cancel = default)
    {
        MinuteLoad? heaviest = null;
        var most = new int[60];
        foreach (var moment in moments.Take(MostMoments).Select(moment => TimeZoneInfo.ConvertTime(moment, zone)))
        {
            var minutes = HourOf(outlook, moment, own, cancel);
            for (var i = 0; i < most.Length; i++) most[i] = Math.Max(most[i], minutes[i]);
            if (heaviest is null || minutes[moment.Minute] > heaviest.Others) heaviest = new MinuteLoad(moment, minutes[moment.Minute], most);
        }
        return heaviest;
    }

    /// <summary>The nearest later minute of the hour, otherwise the nearest earlier one, in which fewest start; null when none is much better.</summary>
    public int? FindFree()
    {
        var now = Moment.Minute;
        var best = Enumerable.Range(0, 60).Where(minute => minute != now).OrderBy(minute => ByMinute[minute]).ThenBy(minute => minute < now).ThenBy(minute => Math.Abs(minute - now)).First();
        return ByMinute[best] * 3 <= Others ? best : null;
    }

    /// <summary>True when no minute of these hours has more.</summary>
    public bool IsHeaviest => Others > 0 && ByMinute.All(count => count <= Others);

    private static int[] HourOf(Outlook outlook, DateTimeOffset moment, string? own, CancellationToken cancel)
    {
        var from = moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerHour));
        var counts = new int[60];
        foreach (var group in outlook.Groups)
        {
            cancel.ThrowIfCancellationRequested();
            var others = group.Json == own ? group.Count - 1 : group.Count;
            if (others == 0) continue;
            var last = -1;
            foreach (var start in group.Timetable.Between(from, from.AddHours(1), MostInAnHour))
            {
                var minute = (int)((start.NominalAt - from).Ticks / TimeSpan.TicksPerMinute);
                if (minute != last) counts[minute] += others;
                last = minute;
            }
        }
        return counts;
    }
}
