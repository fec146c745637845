using System.Globalization;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Calendars;

/// <summary>The whole-day events of an iCalendar file: what public holidays are published as. Repetitions are not followed.</summary>
internal static class CalendarFile
{
    private const string Begin = "BEGIN:VCALENDAR";

    public static bool Is(string text) => text.AsSpan().TrimStart().StartsWith(Begin, StringComparison.OrdinalIgnoreCase);

    public static DayReading Read(string text)
    {
        var days = new SortedDictionary<DateOnly, CalendarDay>();
        var problems = new List<DayProblem>();
        (DateOnly? from, DateOnly? to, string name, int line) = (null, null, "", 0);
        // A line that begins with white space goes on with the one before it.
        var lines = text.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal).Replace("\n\t", "", StringComparison.Ordinal).Split('\n');
        foreach (var (index, entry) in lines.Index())
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) continue;
            var value = entry[(colon + 1)..].Trim();
            switch (entry[..colon].Split(';')[0].ToUpperInvariant())
            {
                case "BEGIN" when value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase): (from, to, name, line) = (null, null, "", index + 1); break;
                case "DTSTART": from = Date(value); break;
                case "DTEND": to = Date(value); break;
                case "SUMMARY": name = Unescape(value); break;
                case "RRULE": problems.Add(new DayProblem(index + 1, $"“{name}” repeats; give each of its days.")); break;
                case "END" when value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase): Add(); break;
            }
            if (problems.Count >= 20 || days.Count > ScheduleLimits.CalendarDays) break;
        }
        return new DayReading([.. days.Values.Take(ScheduleLimits.CalendarDays)], problems);

        void Add()
        {
            if (from is not { } first)
            {
                problems.Add(new DayProblem(line, "An event has no date."));
                return;
            }
            // The end of whole days is the day after the last one.
            var last = to is { } end && end > first && end.DayNumber - first.DayNumber <= 367 ? end.AddDays(-1) : first;
            for (var date = first; date <= last; date = date.AddDays(1)) days.TryAdd(date, new CalendarDay(date, name.Length > ScheduleLimits.CalendarName ? name[..ScheduleLimits.CalendarName] : name));
        }
    }

    private static DateOnly? Date(string value) =>
        value.Length >= 8 && DateOnly.TryParseExact(value.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static string Unescape(string value) => value.Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal).Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\\\", "\\", StringComparison.Ordinal);
}
