using System.Globalization;

namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>Small parts of sentences.</summary>
internal static class Phrases
{
    public static readonly IReadOnlyList<string> Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public static readonly IReadOnlyList<string> Weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    /// <summary>"1", "1 and 2", "1, 2 and 3".</summary>
    public static string List(IEnumerable<string> parts)
    {
        var all = parts.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Count - 1))} and {all[^1]}";
    }

    /// <summary>"minute 5", "minutes 5 and 10", "minutes 0 to 4", "minutes 0, 7, 14 and 21".</summary>
    public static string Values(string name, ValueSet set)
    {
        var parts = set.Runs.SelectMany(run => run.To - run.From < 2 ? Each(run) : [$"{run.From} to {run.To}"]);
        return set.Count == 1 ? $"{name} {set.First}" : $"{name}s {List(parts)}";
    }

    /// <summary>"hour" and "4 hours".</summary>
    public static string Every(int count, string unit) => count == 1 ? unit : $"{count} {unit}s";

    public static string Time(int hour, int minute, int? second = null) => second is { } shown
        ? string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}:{shown:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}");

    public static string Date(DateTime moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string TimeOf(DateTime moment) => Time(moment.Hour, moment.Minute, moment.Second == 0 ? null : moment.Second);

    public static string Moment(DateTime moment) => $"{Date(moment)} {TimeOf(moment)}";

    public static string Ordinal(int number) => number switch
    {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        _ => "fifth",
    };

    /// <summary>"2nd", "11th", "23rd".</summary>
    public static string Numeral(int number) => (number % 100, number % 10) switch
    {
        (11 or 12 or 13, _) => $"{number}th",
        (_, 1) => $"{number}st",
        (_, 2) => $"{number}nd",
        (_, 3) => $"{number}rd",
        _ => $"{number}th",
    };

    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static IEnumerable<string> Each((int From, int To) run) =>
        Enumerable.Range(run.From, run.To - run.From + 1).Select(value => value.ToString(CultureInfo.InvariantCulture));
}
