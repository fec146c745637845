namespace OpsConsole.Data.Schedules;

/// <summary>Days on which schedules that name this calendar do not run.</summary>
public sealed class ScheduleCalendar
{
    public required string Name { get; init; }

    public string Description { get; set; } = "";

    public IReadOnlyList<CalendarDay> Days { get; set; } = [];

    /// <summary>Counts up with every change; a change against an older one is refused.</summary>
    public int Version { get; set; } = 1;

    public DateTimeOffset UpdatedAt { get; set; }

    public string UpdatedBy { get; set; } = "";

    internal string NameKey { get; set; } = "";
}

/// <summary>One day, by the clock of each schedule's own zone.</summary>
public sealed record CalendarDay(DateOnly Date, string Name = "");
