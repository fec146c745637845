using System.Globalization;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>Time zones in words.</summary>
public static class ZoneText
{
    /// <summary>"Berlin" of Europe/Berlin.</summary>
    public static string City(TimeZoneInfo zone) => zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>"UTC+01:00" as it holds now.</summary>
    public static string Offset(TimeZoneInfo zone, DateTimeOffset now)
    {
        var offset = zone.GetUtcOffset(now);
        return offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '−' : '+')}{offset:hh\\:mm}");
    }
}
