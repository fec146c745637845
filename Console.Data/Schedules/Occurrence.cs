namespace OpsConsole.Data.Schedules;

/// <summary>One moment of a schedule and what became of it. The three parts of its identity make the id of its job (<see cref="OccurrenceId"/>).</summary>
public sealed class Occurrence
{
    public Guid ScheduleId { get; init; }

    /// <summary>The moment that the schedule names, before jitter, in whole milliseconds; for a manual run the moment of the request.</summary>
    public DateTimeOffset NominalAt { get; init => field = OccurrenceId.Exact(value); }

    /// <summary>Empty for planned moments; the id of the request for manual runs and backfills.</summary>
    public Guid Origin { get; init; }

    public OccurrenceKind Kind { get; init; }

    public OccurrenceState State { get; set; }

    /// <summary>When it should have started: the nominal moment with its jitter.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Version of the definition that it was planned by.</summary>
    public int Version { get; init; }

    /// <summary>When it was written into the ledger.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>When its job was in the queue; null: it has none (yet). The lateness is the distance to <see cref="DueAt"/>.</summary>
    public DateTimeOffset? EnqueuedAt { get; set; }

    /// <summary>Why it is not simply on time.</summary>
    public string? Cause { get; set; }

    /// <summary>Null while the job is unfinished, and when there is none.</summary>
    public JobOutcome? Outcome { get; set; }

    /// <summary>Start of the job's first attempt and end of its last one, by the events of the worker.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>The job is deleted when it has not started so long after it was enqueued; null: it waits for as long as it takes.</summary>
    public int? ExpirySeconds { get; init; }

    /// <summary>By when the job must have ended.</summary>
    public DateTimeOffset? DeadlineAt { get; set; }

    /// <summary>The deadline passed while the job was unfinished.</summary>
    public bool IsDeadlineMissed { get; set; }

    /// <summary>When it was found missed or failed to enqueue, or its deadline passed; null: none of these.</summary>
    public DateTimeOffset? MissedAt { get; set; }

    /// <summary>True while something is still to happen: not enqueued yet, waiting, or its job is unfinished.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Other arguments than the schedule's, as JSON; manual runs only.</summary>
    public string? Arguments { get; init; }

    /// <summary>Who asked for it; null for planned moments.</summary>
    public string? RequestedBy { get; init; }

    public OccurrenceId Identity => new(ScheduleId, NominalAt, Origin);
}

public enum OccurrenceKind
{
    Planned,
    Manual,
    Backfill,
}

/// <summary>What became of an occurrence.</summary>
public enum OccurrenceState
{
    /// <summary>Claimed; its job is about to be in the queue.</summary>
    Pending,

    /// <summary>Its job was in the queue within the grace.</summary>
    Ran,

    /// <summary>Its job was in the queue, but after the grace.</summary>
    Late,

    /// <summary>Left out because of an unfinished job.</summary>
    Skipped,

    /// <summary>Fell into a pause.</summary>
    Paused,

    /// <summary>Overdue by more than the grace, and not run.</summary>
    Missed,

    /// <summary>Waits, or has waited, for the job of an earlier one to end.</summary>
    Buffered,

    /// <summary>No job could be made of it.</summary>
    FailedToEnqueue,
}

/// <summary>How the job of an occurrence ended.</summary>
public enum JobOutcome
{
    Succeeded,

    /// <summary>Failed for good, or quarantined; a retry by hand opens the occurrence again.</summary>
    Failed,

    /// <summary>Deleted or cancelled.</summary>
    Deleted,

    /// <summary>Deleted by its expiry before it had started.</summary>
    Expired,

    /// <summary>The job is not in Redis any more, and no event said how it ended.</summary>
    Unknown,
}
