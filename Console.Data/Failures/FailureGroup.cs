using OpsConsole.Data.History;

namespace OpsConsole.Data.Failures;

/// <summary>Failures that are one problem.</summary>
public sealed record FailureGroup
{
    public required Guid Id { get; init; }
    public required string JobType { get; init; }
    /// <summary>Full name of the exception, or empty when there was none: a lost worker.</summary>
    public required string ErrorType { get; init; }
    /// <summary>The message with its variable parts replaced.</summary>
    public required string Template { get; init; }
    /// <summary>First frame of the host's own code, or empty.</summary>
    public required string Frame { get; init; }
    public required DateTimeOffset FirstSeenAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; init; }
    /// <summary>Failed attempts.</summary>
    public required long Count { get; init; }
    /// <summary>Those of them after which the job was not tried again by itself.</summary>
    public required long FinalCount { get; init; }
    public required AttemptOutcome LastOutcome { get; init; }
    public required GroupState State { get; init; }
    /// <summary>Since when it has been in this state.</summary>
    public required DateTimeOffset StateAt { get; init; }
    /// <summary>Who put it there; empty when it came there by itself.</summary>
    public required string StateBy { get; init; }
    /// <summary>Why.</summary>
    public required string StateText { get; init; }
    /// <summary>The job that brought it back, or null.</summary>
    public string? StateJobId { get; init; }
    public DateTimeOffset? SnoozedUntil { get; init; }
    /// <summary>The count at which it wakes.</summary>
    public long? SnoozedCount { get; init; }
    public Guid? AssigneeId { get; init; }
    public string? Assignee { get; init; }
    /// <summary>Rises with every change of state or owner, not with every failure.</summary>
    public required int Version { get; init; }
    public required CountRing Hours { get; init; }
    public required CountRing Days { get; init; }
    public required GroupFacets Facets { get; init; }
}

/// <summary>A failure of a group, kept after its attempt has left the history.</summary>
/// <param name="EndedAt">With <paramref name="Sequence"/> the key of the attempt.</param>
public sealed record GroupExample(DateTimeOffset EndedAt, int Sequence, string JobId, string Message, string Stack);

/// <summary>Something that happened to a group.</summary>
/// <param name="By">Who; empty when it happened by itself.</param>
/// <param name="Text">Why, or the note.</param>
/// <param name="JobId">The job that brought it back, or null.</param>
public sealed record GroupEvent(long Id, Guid GroupId, DateTimeOffset At, GroupAct Act, string By, string Text, string? JobId);
