namespace OpsConsole.Data.Schedules;

/// <summary>What came of a change.</summary>
/// <param name="Calendar">As it stands now; null when there is none.</param>
public sealed record CalendarWrite(CalendarWriteOutcome Outcome, ScheduleCalendar? Calendar);

public enum CalendarWriteOutcome
{
    Saved,
    NameTaken,

    /// <summary>It has another version than the change began with.</summary>
    Conflict,
    NotFound,
}

/// <param name="IsDeleted">False when there is none, or when schedules name it.</param>
/// <param name="Users">Names of the first schedules that name it.</param>
public sealed record CalendarDeletion(bool IsDeleted, IReadOnlyList<string> Users);
