namespace OpsConsole.Data.Failures;

/// <summary>What an operator wants to do with groups.</summary>
/// <param name="By">Name of the operator.</param>
/// <param name="Text">Why, or the note.</param>
public sealed record GroupChange(GroupAct Act, string By, string Text)
{
    public Guid? AssigneeId { get; init; }
    public string? Assignee { get; init; }
    /// <summary>Wakes it at this moment; with <see cref="SnoozeMore"/> too, whatever comes first.</summary>
    public DateTimeOffset? SnoozeUntil { get; init; }
    /// <summary>Wakes it after so many further failures.</summary>
    public int? SnoozeMore { get; init; }
}

/// <summary>A group as whoever acts has seen it.</summary>
public sealed record GroupTarget(Guid Id, int Version);

public enum GroupAnswerKind
{
    Changed,
    /// <summary>Somebody, or a new failure, has changed it since it was seen.</summary>
    Conflict,
    /// <summary>It stands so already.</summary>
    Already,
    /// <summary>There is no such group any more.</summary>
    Unknown,
}

/// <summary>What came of a change to one group.</summary>
/// <param name="State">How it stands now.</param>
/// <param name="StateBy">Who put it there; empty when it came there by itself.</param>
public sealed record GroupAnswer(Guid Id, GroupAnswerKind Kind, GroupState State, DateTimeOffset StateAt, string StateBy, string? Assignee);
