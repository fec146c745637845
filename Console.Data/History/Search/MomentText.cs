using System.Globalization;

namespace OpsConsole.Data.History.Search;

/// <summary>Reads moments: how long ago, a day, a time of today, or both.</summary>
internal static class MomentText
{
    private static readonly string[] Days = ["yyyy-MM-dd"];
    private static readonly string[] Clocks = ["HH:mm", "H:mm", "HH:mm:ss", "HH:mm:ss.FFF"];
    private static readonly string[] Moments = [.. Clocks.SelectMany(clock => (string[])[$"yyyy-MM-dd'T'{clock}", $"yyyy-MM-dd {clock}"])];
    private static readonly string[] Zoned = [.. Moments.Select(moment => moment + "zzz")];

    /// <param name="isEnd">Whether a day stands for its end.</param>
    /// <returns>Null when it is none.</returns>
    public static MomentValue? Parse(string text, SearchContext context, bool isEnd)
    {
        if (SpanText.Parse(text) is { } ago) return new(SpanText.Of(ago), context.Now - ago);
        var today = TimeZoneInfo.ConvertTime(context.Now, context.Zone).Date;
        if (Is(text, "now")) return new("now", context.Now);
        if (Is(text, "today")) return new("today", Day(today, context.Zone, isEnd));
        if (Is(text, "yesterday")) return new("yesterday", Day(today.AddDays(-1), context.Zone, isEnd));
        if (Exact(text, Days) is { } day) return Sane(day) ? new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Day(day, context.Zone, isEnd)) : null;
        if (Exact(text, Clocks) is { } clock) return new(Clock(clock), At(today + clock.TimeOfDay, context.Zone));
        if (Exact(text, Moments) is { } moment) return Sane(moment) ? new($"{moment.ToString("yyyy-MM-dd'T'", CultureInfo.InvariantCulture)}{Clock(moment)}", At(moment, context.Zone)) : null;
        return WithZone(text);
    }

    private static MomentValue? WithZone(string text)
    {
        var numeric = text.EndsWith('Z') || text.EndsWith('z') ? text[..^1] + "+00:00" : text;
        if (!DateTimeOffset.TryParseExact(numeric, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) || !Sane(at.DateTime)) return null;
        var utc = at.ToUniversalTime();
        return new($"{utc.ToString("yyyy-MM-dd'T'", CultureInfo.InvariantCulture)}{Clock(utc.DateTime)}Z", utc);
    }

    private static DateTimeOffset Day(DateTime day, TimeZoneInfo zone, bool isEnd) => At(isEnd ? day.AddDays(1) : day, zone);

    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        // What the clocks skip is what they show right after it.
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static bool Sane(DateTime at) => at.Year is >= 2000 and < 2200;

    private static bool Is(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    private static DateTime? Exact(string text, string[] formats) =>
        DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    private static string Clock(DateTime at) =>
        at.ToString(at.Millisecond != 0 ? "HH:mm:ss.fff" : at.Second != 0 ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);
}
