using System.Globalization;

namespace OpsConsole.Web.Controls;

/// <summary>How the console writes spans of time. app.js ticks by the same rules, so that a text does not jump when the page takes over.</summary>
public static class TimeText
{
    /// <summary>Distance to a moment: "9 s", "4 min", "in 27 min"; with <paramref name="ago"/> "9 s ago".</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now, bool ago = false)
    {
        var seconds = (now - at).TotalSeconds;
        if (seconds < 0) return seconds > -1 ? "now" : "in " + Span(-seconds);
        var text = Span(seconds);
        return ago && text != "now" ? text + " ago" : text;
    }

    /// <summary>A span that still grows or shrinks, to the second: "42 s", "2 min 07 s", "1 h 05 min".</summary>
    public static string Elapsed(TimeSpan span)
    {
        var s = Math.Max(0, (long)span.TotalSeconds);
        return s switch
        {
            < 60 => $"{s} s",
            < 3600 => $"{s / 60} min {s % 60:00} s",
            < 86400 => $"{s / 3600} h {s % 3600 / 60:00} min",
            _ => $"{s / 86400} d {s % 86400 / 3600} h",
        };
    }

    /// <summary>A measured span: "38 ms", "4.1 s", "42 s", "2 min 07 s".</summary>
    public static string Measured(TimeSpan span) => span.TotalSeconds switch
    {
        < 0 => "0 ms",
        < 0.0995 => Math.Round(span.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) + " ms",
        < 9.995 => span.TotalSeconds.ToString(span.TotalSeconds < 0.995 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " s",
        _ => Elapsed(span),
    };

    private static string Span(double seconds)
    {
        var s = (long)seconds;
        return seconds switch
        {
            < 0.95 => "now",
            < 9.95 => $"{Math.Round(seconds)} s",
            < 60 => $"{s} s",
            < 3600 => $"{s / 60} min",
            < 86400 => $"{s / 3600} h {s % 3600 / 60} min",
            _ => $"{s / 86400} d",
        };
    }
}
