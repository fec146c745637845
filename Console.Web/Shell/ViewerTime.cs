using System.Globalization;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Shell;

/// <summary>The time zone of the person who looks, and every way in which a page writes a moment in it.</summary>
public sealed class ViewerTime(TimeProvider clock)
{
    /// <summary>Zone in use; UTC until a cookie said otherwise.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>The last part of the zone's name, for the top bar: "Berlin".</summary>
    public string ShortName => Zone.Id[(Zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Takes the first of the names that this machine knows as a zone.</summary>
    public void Use(params IEnumerable<string?> zoneIds)
    {
        foreach (var id in zoneIds)
        {
            if (!string.IsNullOrWhiteSpace(id) && id.Length <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
            {
                Zone = zone;
                return;
            }
        }
    }

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>"14:32:31"; with the date in front when that is not today.</summary>
    public string Clock(DateTimeOffset at, bool milliseconds = false)
    {
        var local = Local(at);
        var format = local.Date == Local(Now).Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss";
        return local.ToString(milliseconds ? format + ".fff" : format, CultureInfo.InvariantCulture);
    }

    /// <summary>"2026-11-20 14:32:31.204 +01:00 Europe/Berlin": what a hover shows.</summary>
    public string Exact(DateTimeOffset at)
    {
        var local = Local(at);
        var offset = Zone.BaseUtcOffset == TimeSpan.Zero && local.Offset == TimeSpan.Zero ? "" : local.ToString(" zzz", CultureInfo.InvariantCulture);
        return local.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + offset + " " + Zone.Id;
    }

    /// <summary>A local date and time of the viewer ("2026-11-20T14:32") as a moment; null for other text and for times that clocks skip.</summary>
    public DateTimeOffset? Parse(string text) => LocalTime.Parse(text, Zone);

    public string Relative(DateTimeOffset at, bool ago = false) => TimeText.Relative(at, Now, ago);
}
