namespace OpsConsole.Data.Schedules;

/// <summary>A schedule as it stands: its newest definition, and whether it runs. What the runner counts is in <see cref="ScheduleCursor"/>.</summary>
public sealed class Schedule
{
    public Guid Id { get; init; }

    /// <summary>Counts up from 1 with every change of the definition.</summary>
    public int Version { get; set; } = 1;

    public required ScheduleDefinition Definition { get; set; }

    // Copies of the definition that lists are searched by.
    public required string Name { get; set; }

    public required string JobType { get; set; }

    public string? Queue { get; set; }

    public string Owner { get; set; } = "";

    public string[] Tags { get; set; } = [];

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>Who paused it; the console itself after too many failures.</summary>
    public string? PausedBy { get; set; }

    public string? PauseNote { get; set; }

    /// <summary>When it resumes by itself; null: when somebody resumes it.</summary>
    public DateTimeOffset? PausedUntil { get; set; }

    /// <summary>Name of the file that is its source, or null; a change by an operator is then drift.</summary>
    public string? Source { get; set; }

    /// <summary>The definition that the file had when it was imported last.</summary>
    public ScheduleDefinition? SourceDefinition { get; set; }

    /// <summary>Missed occurrences up to this moment have been seen by an operator.</summary>
    public DateTimeOffset? MissedSeenThrough { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the last change of any kind; by the clock of the database, so that runners can ask for what is newer.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Deleted schedules keep their ledger and their versions.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    public ScheduleCursor? Cursor { get; set; }

    // What the name is compared by, what text is searched in, the timing as JSON, and the calendars that it names.
    internal string NameKey { get; set; } = "";

    internal string SearchText { get; set; } = "";

    internal string Timing { get; set; } = "";

    internal string[] Calendars { get; set; } = [];
}
