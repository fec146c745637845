using System.Globalization;

namespace OpsConsole.Tests.Web.Schedules.Recurrence;

/// <summary>
/// A second reading of cron lines, written as directly as the rules are told: each value of each field is asked whether a term names it.
/// It shares no code with the product and knows nothing of masks or of looking ahead.
/// </summary>
internal sealed class NaiveCron
{
    private static readonly string[] MonthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] DayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly bool[] seconds;
    private readonly bool[] minutes;
    private readonly bool[] hours;
    private readonly bool[] months;
    private readonly string dayOfMonth;
    private readonly string dayOfWeek;
    private DateOnly date;
    private bool dateFits;

    public NaiveCron(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (fields.Count == 5)
            fields.Insert(0, "0");
        seconds = Table(fields[0], 0, 59, []);
        minutes = Table(fields[1], 0, 59, []);
        hours = Table(fields[2], 0, 23, []);
        (dayOfMonth, dayOfWeek) = (fields[3], fields[5]);
        months = Table(fields[4], 1, 12, MonthNames);
    }

    public bool RunsEveryHour => hours.All(hour => hour);

    public bool Fits(long localSecond) =>
        FitsTime((int)(localSecond % 86_400)) && FitsDate(DateOnly.FromDayNumber((int)(localSecond / 86_400)));

    public bool FitsTime(int secondOfDay) => minutes[secondOfDay / 60 % 60] && hours[secondOfDay / 3_600] && seconds[secondOfDay % 60];

    private bool FitsDate(DateOnly asked)
    {
        if (asked != date)
            (date, dateFits) = (asked, months[asked.Month] && FitsDay(asked));
        return dateFits;
    }

    private bool FitsDay(DateOnly day)
    {
        var (anyMonthDay, anyWeekDay) = (dayOfMonth is "*" or "?" or "*/1", dayOfWeek is "*" or "?" or "*/1");
        var fitsMonth = dayOfMonth.Split(',').Any(term => FitsDayOfMonth(term, day));
        var fitsWeek = dayOfWeek.Split(',').Any(term => FitsDayOfWeek(term, day));
        return (anyMonthDay, anyWeekDay) switch
        {
            (true, true) => true,
            (true, false) => fitsWeek,
            (false, true) => fitsMonth,
            _ => fitsMonth || fitsWeek,
        };
    }

    private static bool FitsDayOfMonth(string term, DateOnly day)
    {
        var last = new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));
        if (term[^1] != 'W')
            return term[0] == 'L' ? day == Back(last, term[1..]) : Names(term, day.Day, 1, 31, []);
        var named = term[..^1];
        var target = named[0] == 'L' ? Back(last, named[1..]) : Number(named) <= last.Day ? last.AddDays(Number(named) - last.Day) : default;
        return target.Month == day.Month && day == WeekdaysOf(day).MinBy(weekday => Math.Abs(weekday.DayNumber - target.DayNumber));
    }

    private static IEnumerable<DateOnly> WeekdaysOf(DateOnly month) =>
        Enumerable.Range(1, DateTime.DaysInMonth(month.Year, month.Month))
            .Select(day => new DateOnly(month.Year, month.Month, day))
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    private static DateOnly Back(DateOnly last, string distance) => distance.Length == 0 ? last : last.AddDays(Number(distance));

    private static bool FitsDayOfWeek(string term, DateOnly day)
    {
        var weekday = (int)day.DayOfWeek;
        if (term.Contains('#', StringComparison.Ordinal))
            return Number(Named(term.Split('#')[0], DayNames, 0)) % 7 == weekday && (day.Day + 6) / 7 == Number(term.Split('#')[1]);
        if (term[^1] == 'L')
            return Number(Named(term[..^1], DayNames, 0)) % 7 == weekday && day.AddDays(7).Month != day.Month;
        return Names(term, weekday, 0, 6, DayNames) || weekday == 0 && Names(term, 7, 0, 6, DayNames);
    }

    private static bool[] Table(string field, int min, int max, string[] names) =>
        [.. Enumerable.Range(0, max + 1).Select(value => value >= min && field.Split(',').Any(term => Names(term, value, min, max, names)))];

    /// <summary>Walks from the first value of the term to its last one, over the end of the field when the last one is smaller.</summary>
    private static bool Names(string term, int value, int min, int max, string[] names)
    {
        var parts = term.Split('/');
        var step = parts.Length > 1 ? Number(parts[1]) : 1;
        var ends = parts[0].Split('-').Select(end => Named(end, names, min)).ToArray();
        var isAll = ends[0] is "*" or "?";
        var first = isAll ? min : Number(ends[0]);
        var last = isAll || ends.Length == 1 && parts.Length > 1 ? max : ends.Length == 1 ? first : Number(ends[1]);
        var reach = last < first ? last + max - min + 1 : last;
        for (var walked = first; walked <= reach; walked += step)
        {
            if (walked == value || walked > max && walked - (max - min + 1) == value)
                return true;
        }
        return false;
    }

    private static string Named(string text, string[] names, int min) =>
        Array.IndexOf(names, text) is >= 0 and var index ? (index + min).ToString(CultureInfo.InvariantCulture) : text;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
