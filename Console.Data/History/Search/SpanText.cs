using System.Globalization;
using System.Text;

namespace OpsConsole.Data.History.Search;

/// <summary>Durations as they are typed: <c>30s</c>, <c>1.5h</c>, <c>1h30m</c>.</summary>
public static class SpanText
{
    private static readonly (string Name, long Ms)[] Units = [("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

    private static readonly (string Name, long Ms)[] Others = [("min", 60_000), ("mins", 60_000), ("sec", 1000), ("secs", 1000), ("day", 86_400_000), ("days", 86_400_000), ("hour", 3_600_000), ("hours", 3_600_000)];

    /// <summary>Longer ones are mistakes.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(3660);

    /// <summary>Null when it is none, or longer than <see cref="Longest"/>.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length is 0 or > 40) return null;
        decimal ms = 0;
        for (var at = 0; at < text.Length;)
        {
            var unit = Run(text, at, c => char.IsAsciiDigit(c) || c == '.');
            var next = Run(text, unit, char.IsAsciiLetter);
            if (!decimal.TryParse(text.AsSpan(at, unit - at), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || Unit(text[unit..next]) is not { } size || number > 1_000_000_000_000) return null;
            ms += number * size;
            at = next;
        }
        return ms <= (decimal)Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds((long)ms) : null;
    }

    /// <summary>Without anything finer than a millisecond.</summary>
    public static string Of(TimeSpan span)
    {
        var left = (long)span.TotalMilliseconds;
        if (left == 0) return "0s";
        var text = new StringBuilder();
        // Weeks are not what people count failures in: 14d reads better than 2w.
        foreach (var (name, ms) in Units.AsSpan(1))
        {
            if (left >= ms) text.Append(CultureInfo.InvariantCulture, $"{left / ms}{name}");
            left %= ms;
        }
        return text.ToString();
    }

    private static long? Unit(string name)
    {
        foreach (var unit in Units.Concat(Others))
            if (string.Equals(unit.Name, name, StringComparison.OrdinalIgnoreCase)) return unit.Ms;
        return null;
    }

    private static int Run(string text, int from, Func<char, bool> isPart)
    {
        while (from < text.Length && isPart(text[from]))
            from++;
        return from;
    }
}
