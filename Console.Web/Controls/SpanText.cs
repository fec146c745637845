using System.Globalization;
using System.Text.RegularExpressions;

namespace OpsConsole.Web.Controls;

/// <summary>Spans as people type them: "90 s", "5 min", "2 h 30 min", "1 d".</summary>
public static partial class SpanText
{
    private static readonly (string Unit, long Seconds)[] s_units = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];

    /// <summary>The shortest text that reads back as the same span.</summary>
    public static string Write(long seconds)
    {
        if (seconds <= 0) return "0 s";
        var parts = new List<string>();
        foreach (var (unit, size) in s_units)
        {
            if (seconds / size is var count and > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {unit}"));
            seconds %= size;
        }
        return string.Join(' ', parts);
    }

    /// <summary>Whole seconds, or what is wrong with the text.</summary>
    public static (int? Seconds, string? Problem) Read(string text)
    {
        var trimmed = text.Trim();
        if (Bare().IsMatch(trimmed)) return trimmed.Trim('0').Length == 0 ? (0, null) : (null, $"Add a unit: {trimmed} s, {trimmed} min, {trimmed} h or {trimmed} d.");
        if (Whole().Match(trimmed) is not { Success: true } match) return (null, "Write a time span such as 90 s, 5 min, 2 h 30 min or 1 d.");
        decimal seconds = 0;
        for (var i = 0; i < match.Groups["count"].Captures.Count; i++)
            seconds += decimal.Parse(match.Groups["count"].Captures[i].Value, CultureInfo.InvariantCulture) * SizeOf(match.Groups["unit"].Captures[i].Value);
        if (seconds > int.MaxValue) return (null, "This is too long; the longest span is 24,855 d.");
        return seconds == decimal.Truncate(seconds) ? ((int)seconds, null) : (null, "Give whole seconds.");
    }

    private static long SizeOf(string unit) => char.ToLowerInvariant(unit[0]) switch
    {
        'd' => 86_400,
        'h' => 3_600,
        'm' => 60,
        'w' => 604_800,
        _ => 1,
    };

    [GeneratedRegex(@"^\d{1,9}$")]
    private static partial Regex Bare();

    [GeneratedRegex(@"^(?:(?<count>\d{1,9}(?:\.\d{1,4})?)\s*(?<unit>weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|min|m|seconds?|secs?|sec|s)\b[\s,]*(?:and\s+)?)+$", RegexOptions.IgnoreCase)]
    private static partial Regex Whole();
}
