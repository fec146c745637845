using System.Globalization;

namespace OpsConsole.Web.Controls;

/// <summary>What a date-and-time field of a browser holds: a local time, without its zone.</summary>
public static class LocalTime
{
    /// <summary>"2026-11-20T14:32", with seconds when there are any.</summary>
    public static string Write(DateTime local) => local.ToString(local.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-ddTHH:mm" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    public static DateTime? Read(string text) =>
        DateTime.TryParseExact(text.Trim(), ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? local : null;

    /// <summary>The moment of a local time; null for other text and for times that the clocks of the zone skip.</summary>
    public static DateTimeOffset? Parse(string text, TimeZoneInfo zone) =>
        Read(text) is { } local && !zone.IsInvalidTime(local) ? new DateTimeOffset(local, zone.GetUtcOffset(local)) : null;
}
