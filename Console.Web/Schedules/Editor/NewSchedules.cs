using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules.Editor;

/// <summary>What the editor of a new schedule begins with.</summary>
public static class NewSchedules
{
    private const string Copy = " (copy)";

    /// <param name="zone">The viewer's; a schedule is meant by the clock of whoever makes it, unless they say otherwise.</param>
    public static ScheduleDefinition Blank(TimeZoneInfo zone, string? type, string? queue, string? arguments) => new()
    {
        Job = new ScheduledJob { Type = type?.Trim() ?? "", Queue = string.IsNullOrWhiteSpace(queue) ? null : queue.Trim(), Arguments = string.IsNullOrWhiteSpace(arguments) ? "{}" : arguments },
        When = new ScheduleTiming { TimeZone = zone.HasIanaId ? zone.Id : "UTC" },
    };

    public static string NameOfCopy(string name) => SafeText.Inline(name, ScheduleLimits.Name - Copy.Length - 1) + Copy;
}
