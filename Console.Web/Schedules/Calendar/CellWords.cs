using System.Globalization;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Calendar;

/// <summary>Cells of the calendar in words.</summary>
public static class CellWords
{
    /// <summary>"Tue 24 Nov, 02:00".</summary>
    public static string Name(CalendarRange range, int cell) =>
        range.LocalOf(cell).ToString(range.Span == CalendarSpan.Month ? "ddd d MMM" : "ddd d MMM, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"14 runs planned", "12 due: 11 succeeded, 1 missed; 2 planned".</summary>
    public static string Content(CalendarCell cell)
    {
        var parts = new List<string>();
        if (cell.PastCount > 0)
            parts.Add($"{NumberText.Count(cell.PastCount)} due: {string.Join(", ", cell.Past.OrderByDescending(fate => fate.Value).Select(fate => $"{NumberText.Count(fate.Value)} {OccurrenceLook.Of(fate.Key).Word.ToLowerInvariant()}"))}");
        if (cell.Planned > 0)
            parts.Add($"{NumberText.Of(cell.Planned, "run", "runs")} planned");
        return parts.Count == 0 ? "no runs" : string.Join("; ", parts);
    }

    /// <summary>"1,184", "23k": what fits into a small cell.</summary>
    public static string Brief(long count) => count switch
    {
        < 10_000 => NumberText.Count(count),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1_000}k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count / 1_000_000.0:0.#}M"),
    };

    /// <summary>The past of a cell as shares of a bar, by the colours of states.</summary>
    public static IReadOnlyList<(string Tone, double Share)> Bar(CalendarCell cell) =>
        [.. cell.Past.GroupBy(fate => OccurrenceLook.Of(fate.Key).Tone, fate => fate.Value).Select(tone => (tone.Key, tone.Sum() / (double)cell.PastCount)).OrderBy(tone => tone.Key is "failed" ? 0 : tone.Key is "retrying" ? 1 : 2)];
}
