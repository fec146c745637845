namespace OpsConsole.Data.Schedules;

/// <summary>What operators edit, what a version keeps, and what a file of schedules contains: everything about a schedule but its state.</summary>
public sealed record ScheduleDefinition
{
    /// <summary>Unique among the schedules that are not deleted, case ignored.</summary>
    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>The team that is asked when it fails.</summary>
    public string Owner { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    public ScheduledJob Job { get; init; } = new();

    public ScheduleTiming When { get; init; } = new();

    public OverlapPolicy Overlap { get; init; }

    /// <summary>Most occurrences that wait for <see cref="OverlapPolicy.BufferAll"/>; further ones are skipped.</summary>
    public int BufferLimit { get; init; } = 100;

    public CatchUp CatchUp { get; init; } = new();

    /// <summary>An occurrence that starts later than this after its moment is late; one that has not started by then is missed.</summary>
    public int GraceSeconds { get; init; } = 60;

    /// <summary>A made job that has not started after this time is deleted; null: it waits for as long as it takes.</summary>
    public int? ExpirySeconds { get; init; }

    /// <summary>The schedule ends after so many planned runs; null: never.</summary>
    public long? MaxRuns { get; init; }

    /// <summary>The schedule pauses itself after so many failed jobs in a row; null: never.</summary>
    public int? PauseAfterFailures { get; init; }

    /// <summary>Local time of day by which a job must have ended, the first one after its moment; null: none.</summary>
    public TimeOnly? Deadline { get; init; }
}

/// <summary>The job that each occurrence makes.</summary>
public sealed record ScheduledJob
{
    /// <summary>Friendly name of a job type; it may be unknown while its host has never been seen.</summary>
    public string Type { get; init; } = "";

    /// <summary>JSON: an object by parameter name or an array by position.</summary>
    public string Arguments { get; init; } = "{}";

    /// <summary>Null: the queue of the job type.</summary>
    public string? Queue { get; init; }
}

/// <summary>What happens to the occurrences that fell into a time without a runner.</summary>
public sealed record CatchUp
{
    public CatchUpMode Mode { get; init; }

    /// <summary>Only moments that are younger than this are caught up; older ones are missed.</summary>
    public int WindowSeconds { get; init; } = 3_600;

    /// <summary>Most occurrences that <see cref="CatchUpMode.All"/> runs, the latest ones.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>What happens to an occurrence while the job of an earlier one is unfinished.</summary>
public enum OverlapPolicy
{
    /// <summary>It is recorded as skipped.</summary>
    Skip,

    /// <summary>One waits; further ones are skipped.</summary>
    BufferOne,

    /// <summary>Each waits for the one before it, up to a limit.</summary>
    BufferAll,

    /// <summary>The unfinished job is cancelled, and this one starts.</summary>
    CancelOther,

    /// <summary>It starts beside the others.</summary>
    AllowAll,
}

/// <summary>Which of the moments without a runner are run afterwards.</summary>
public enum CatchUpMode
{
    Skip,
    Latest,
    All,
}
