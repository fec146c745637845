namespace OpsConsole.Data.History;

/// <summary>
/// One attempt of a job that has ended, or the end of a job that was never started (<see cref="Attempt"/> 0). Texts are cut and redacted
/// before they come here. Times are by the clock of Redis but <see cref="CreatedAt"/>; none lies after a later one.
/// </summary>
public sealed record AttemptRow
{
    /// <summary>When it ended, ms; with <see cref="Sequence"/> it is the position of its event in the stream, and so unique.</summary>
    public required DateTimeOffset EndedAt { get; init; }
    /// <summary>Second half of the event's position.</summary>
    public required int Sequence { get; init; }
    public required string JobId { get; init; }
    /// <summary>Name of the job type as operators see it: the friendly one, else <c>Type.Method</c>.</summary>
    public required string Type { get; init; }
    /// <summary><c>Namespace.Type.Method</c>, or empty.</summary>
    public string TypeName { get; init; } = "";
    public string Queue { get; init; } = "";
    /// <summary>Worker id, or empty when the job never ran.</summary>
    public string Worker { get; init; } = "";
    /// <summary>Machine of the worker, or empty.</summary>
    public string Host { get; init; } = "";
    /// <summary>Version of the job host, or empty.</summary>
    public string Version { get; init; } = "";
    public required AttemptOutcome Outcome { get; init; }
    /// <summary>From 1; 0 when the job never started.</summary>
    public int Attempt { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? EnqueuedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    /// <summary>Time in the queue, ms; never negative; null when unknown.</summary>
    public long? WaitMs { get; init; }
    /// <summary>Duration of the attempt, ms; never negative; null when unknown or never started.</summary>
    public long? RunMs { get; init; }
    /// <summary>JSON object by parameter name (<c>arg0</c> … for unknown types), secrets replaced; null when nothing is known.</summary>
    public string? Arguments { get; init; }
    /// <summary>JSON, or null.</summary>
    public string? Result { get; init; }
    public string? ErrorType { get; init; }
    public string? ErrorMessage { get; init; }
    public string? Stack { get; init; }
    /// <summary>Reason stored with the state: who deleted it and why, why it was requeued.</summary>
    public string? Reason { get; init; }
    /// <summary>Group of failures that it belongs to; null unless it failed.</summary>
    public FailureIdentity? Failure { get; init; }
    public Guid? ScheduleId { get; init; }
    /// <summary>Planned moment of the schedule.</summary>
    public DateTimeOffset? NominalAt { get; init; }
    /// <summary>Owner of its schedule, or empty.</summary>
    public string Owner { get; init; } = "";
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? ParentId { get; init; }
    /// <summary>Which texts were cut to their caps.</summary>
    public CutTexts Cut { get; init; }
    /// <summary>Whether an argument or the result was left out as secret.</summary>
    public bool IsRedacted { get; init; }
}

/// <summary>Texts of an attempt that are stored cut. Stored as a number.</summary>
[Flags]
public enum CutTexts : short
{
    None = 0,
    Arguments = 1,
    Result = 2,
    Message = 4,
    Stack = 8,
    ErrorType = 16,
}

/// <summary>What makes failures one problem.</summary>
/// <param name="Id">Made of the three texts and the job type; the same in every console.</param>
/// <param name="Template">The message with its variable parts replaced.</param>
/// <param name="Frame">First frame of the host's own code, or empty.</param>
public sealed record FailureIdentity(Guid Id, string Template, string Frame);
