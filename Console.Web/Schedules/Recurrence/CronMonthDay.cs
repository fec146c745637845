namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>The day of a month that an L, W or # term names.</summary>
internal static class CronMonthDay
{
    /// <summary>The day as a bit; 0 when the month has none.</summary>
    public static uint Of(CronTerm term, int firstDayOfWeek, int length)
    {
        var day = term.Kind switch
        {
            CronTermKind.LastDay => length - term.From,
            CronTermKind.LastWeekday => Nearest(length - term.From, firstDayOfWeek, length),
            CronTermKind.NearestWeekday => Nearest(term.From, firstDayOfWeek, length),
            CronTermKind.LastOfWeek => Last(term.From, firstDayOfWeek, length),
            CronTermKind.NthOfWeek => First(term.From, firstDayOfWeek) + 7 * (term.To - 1),
            _ => 0,
        };
        return day >= 1 && day <= length ? 1u << day : 0;
    }

    /// <summary>Saturdays go to the Friday before and Sundays to the Monday after, but never into another month.</summary>
    private static int Nearest(int day, int firstDayOfWeek, int length)
    {
        if (day < 1 || day > length)
            return 0;
        return (DayOfWeek)((firstDayOfWeek + day - 1) % 7) switch
        {
            DayOfWeek.Saturday => day == 1 ? 3 : day - 1,
            DayOfWeek.Sunday => day == length ? day - 2 : day + 1,
            _ => day,
        };
    }

    private static int First(int dayOfWeek, int firstDayOfWeek) => 1 + (dayOfWeek - firstDayOfWeek + 7) % 7;

    private static int Last(int dayOfWeek, int firstDayOfWeek, int length)
    {
        var first = First(dayOfWeek, firstDayOfWeek);
        return first + (length - first) / 7 * 7;
    }
}
