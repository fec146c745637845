using OpsConsole.Web.Controls;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>The time zones that are offered, with what their clocks are ahead or behind now.</summary>
public static class ZoneList
{
    public static IReadOnlyList<ComboOption> Of(DateTimeOffset now) =>
        [.. TimeZones.Names.Select(name => new ComboOption(name, TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? ZoneText.Offset(zone, now) : ""))];
}
