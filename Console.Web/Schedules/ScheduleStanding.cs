using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules;

/// <summary>How a schedule stands now.</summary>
public enum ScheduleStanding
{
    On,

    /// <summary>Paused, by an operator or by itself.</summary>
    Paused,

    /// <summary>It has no further moment.</summary>
    Ended,

    /// <summary>Its next moment is overdue by more than its grace: nobody fires it.</summary>
    Overdue,

    /// <summary>The runner has not taken its newest version yet.</summary>
    Unplanned,
}

/// <summary>Tells how a schedule stands.</summary>
public static class ScheduleStandings
{
    public static ScheduleStanding Of(Schedule schedule, DateTimeOffset now)
    {
        if (IsPaused(schedule, now)) return ScheduleStanding.Paused;
        if (schedule.Cursor is not { } cursor || cursor.Version < schedule.Version && cursor.NextNominalAt is null) return ScheduleStanding.Unplanned;
        if (cursor.NextNominalAt is null) return ScheduleStanding.Ended;
        var due = cursor.NextDueAt ?? cursor.NextNominalAt.Value;
        return due.AddSeconds(cursor.GraceSeconds) < now ? ScheduleStanding.Overdue : ScheduleStanding.On;
    }

    /// <summary>A pause ends by itself at its moment, whether or not anybody has written that down.</summary>
    public static bool IsPaused(Schedule schedule, DateTimeOffset now) => schedule.PausedAt is not null && !(schedule.PausedUntil <= now);
}
