namespace OpsConsole.Jobs.Monitoring;

/// <summary>An attempt that has ended, as its event tells of it.</summary>
/// <param name="JobId">Id of the job.</param>
/// <param name="At">When it ended, by the clock of Redis.</param>
/// <param name="Kind">Kind of the event, one of those in <see cref="JobFactsReader.IsEnd"/>.</param>
public readonly record struct AttemptEnd(string JobId, DateTimeOffset At, string Kind);

/// <summary>What Redis still holds of an attempt beside its event. Everything may be missing.</summary>
public sealed record JobFacts
{
    /// <summary>Friendly name of the job type, or null when no host has published it.</summary>
    public string? Name { get; init; }
    /// <summary>Arguments in order, without their types and without those that the worker fills in; empty when the job is gone.</summary>
    public IReadOnlyList<JobArgument> Arguments { get; init; } = [];
    /// <summary>Whether arguments are there that were too long to be read.</summary>
    public bool ArgumentsTooLong { get; init; }
    /// <summary>When the job was made, by the clock of whoever made it; or null.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    /// <summary>Job that had to end first, or null.</summary>
    public string? ParentId { get; init; }
    /// <summary>Schedule that made the job, or null.</summary>
    public Guid? ScheduleId { get; init; }
    /// <summary>Planned moment of the schedule, or null.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }
    /// <summary>Owner of the schedule, or empty.</summary>
    public string Owner { get; init; } = "";
    /// <summary>Tags of the job.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>Number of the attempt, or 0 when unknown.</summary>
    public int Attempt { get; init; }
    /// <summary>When it came into the queue, or null.</summary>
    public DateTimeOffset? EnqueuedAt { get; init; }
    /// <summary>When it was started, or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }
    /// <summary>Worker that ran it, or empty.</summary>
    public string Worker { get; init; } = "";
    /// <summary>Result as JSON, or null.</summary>
    public string? ResultJson { get; init; }
    /// <summary>Exception type, or null.</summary>
    public string? ErrorType { get; init; }
    /// <summary>Exception message, or null.</summary>
    public string? ErrorMessage { get; init; }
    /// <summary>Whole text of the exception with its stack, or null.</summary>
    public string? ErrorDetails { get; init; }
    /// <summary>Reason stored with the state, or null.</summary>
    public string? Reason { get; init; }
    /// <summary>Whether the end is there but was too long to be read: result, message and stack are missing.</summary>
    public bool EndTooLong { get; init; }
}
