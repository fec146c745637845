using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Web.Schedules.Calendar;

/// <summary>Schedules that share a timing.</summary>
/// <param name="Json">The timing, as it is stored.</param>
/// <param name="Count">How many they are.</param>
public sealed record OutlookGroup(string Json, ScheduleTiming When, Timetable Timetable, int Count);

/// <summary>What will run, by timing.</summary>
/// <param name="Groups">The most frequent first.</param>
/// <param name="Total">Schedules that run, whether their timing is among the groups or not.</param>
/// <param name="Paused">Schedules that are paused now, which are in no group.</param>
public sealed record Outlook(IReadOnlyList<OutlookGroup> Groups, int Total, int Paused)
{
    public static Outlook Empty { get; } = new([], 0, 0);

    /// <summary>Schedules whose timing is in no group: there are more timings than are read, or it makes no timetable.</summary>
    public int LeftOut => Total - Groups.Sum(group => group.Count);
}
