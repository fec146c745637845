namespace OpsConsole.Data.Schedules;

/// <summary>What the runner keeps of a schedule.</summary>
/// <param name="Definition">JSON for <see cref="ScheduleJson.Read"/>.</param>
/// <param name="UpdatedAt">By the clock of the database.</param>
/// <param name="DefinedAt">When this version was made, while the cursor stands for an older one; null for the first version, too.</param>
/// <param name="PlannedDefinition">The definition that the cursor was computed from (the first one when it never was), if it is not this one.</param>
public sealed record RunnerRow(
    Guid Id,
    int Version,
    string Name,
    string Definition,
    DateTimeOffset? PausedAt,
    string? PausedBy,
    DateTimeOffset? PausedUntil,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    bool IsDeleted,
    ScheduleCursor Cursor,
    DateTimeOffset? DefinedAt = null,
    string? PlannedDefinition = null);

/// <summary>One fire of a schedule: occurrences to write, if any, and where its cursor then stands.</summary>
/// <param name="Cursor">All but failures and outcomes, which <see cref="RunnerStore.SettleAsync"/> writes.</param>
public sealed record FireRow(IReadOnlyList<Occurrence> Occurrences, ScheduleCursor Cursor);

/// <param name="IsFenced">Somebody else has taken the lease: nothing was written.</param>
/// <param name="Inserted">Those that were not in the ledger before. The others are somebody's, and perhaps in the queue already.</param>
public sealed record FireResult(bool IsFenced, IReadOnlySet<OccurrenceId> Inserted);

/// <param name="EnqueuedAt">Null when no job was made.</param>
public sealed record EnqueuedRow(OccurrenceId Id, OccurrenceState State, DateTimeOffset? EnqueuedAt, string? Cause, bool IsOpen);

/// <param name="IsOpen">True when the job is to run again, or its end is not known yet.</param>
/// <param name="FailuresInRow">Of the schedule, this outcome included.</param>
public sealed record SettledRow(
    OccurrenceId Id, JobOutcome? Outcome, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, int Attempts, bool IsOpen, int FailuresInRow);
