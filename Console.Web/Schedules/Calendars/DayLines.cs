using System.Globalization;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Calendars;

/// <summary>Days of a calendar as lines of text: "2026-12-25 Christmas", one day each; a range is "2026-12-24..2026-12-26 Holidays".</summary>
public static class DayLines
{
    private const int MostProblems = 20;

    public static string Write(IEnumerable<CalendarDay> days) =>
        string.Join('\n', days.Select(day => (Text(day.Date) + " " + day.Name).TrimEnd()));

    /// <summary>Empty lines and lines that begin with # say nothing.</summary>
    public static DayReading Read(string text)
    {
        if (CalendarFile.Is(text)) return CalendarFile.Read(text);
        var days = new SortedDictionary<DateOnly, (CalendarDay Day, int Line)>();
        var problems = new List<DayProblem>();
        foreach (var (index, raw) in text.Split('\n').Index())
        {
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (problems.Count >= MostProblems) break;
            var problem = Take(line, index + 1, days);
            if (problem is not null) problems.Add(new DayProblem(index + 1, problem));
            else if (days.Count > ScheduleLimits.CalendarDays) return new DayReading([], [new DayProblem(index + 1, $"A calendar has at most {ScheduleLimits.CalendarDays:#,0} days.")]);
        }
        return new DayReading([.. days.Values.Select(entry => entry.Day)], problems);
    }

    internal static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Take(string line, int number, SortedDictionary<DateOnly, (CalendarDay Day, int Line)> days)
    {
        var end = line.IndexOfAny([' ', '\t', ',', ';']);
        var (dates, name) = end < 0 ? (line, "") : (line[..end], line[(end + 1)..].Trim(' ', '\t', ',', ';', '"'));
        if (name.Length > ScheduleLimits.CalendarName) return $"The name of a day has at most {ScheduleLimits.CalendarName} characters.";
        var ends = dates.Split("..");
        if (ends.Length > 2 || Date(ends[0]) is not { } first || Date(ends[^1]) is not { } last) return "Begin the line with a date such as 2026-12-25.";
        if (last < first) return "The range ends before it begins.";
        if (last.DayNumber - first.DayNumber > 366) return "A range has at most a year.";
        for (var date = first; date <= last; date = date.AddDays(1))
        {
            if (!days.TryAdd(date, (new CalendarDay(date, name), number))) return $"{Text(date)} stands in line {days[date].Line} already.";
        }
        return null;
    }

    private static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy-M-d", "yyyyMMdd", "d.M.yyyy", "dd.MM.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}

/// <param name="Days">In order.</param>
public sealed record DayReading(IReadOnlyList<CalendarDay> Days, IReadOnlyList<DayProblem> Problems);

/// <param name="Line">From 1.</param>
public sealed record DayProblem(int Line, string Message);
