namespace OpsConsole.Data.Operations;

/// <summary>What a window of work changes in an operation: stored as a whole or not at all.</summary>
public sealed record BulkProgress(Guid OperationId)
{
    /// <summary>Marks of items that have none yet; those that have one keep it.</summary>
    public IReadOnlyList<BulkMark> Marks { get; init; } = [];
    /// <summary>Items that have been looked up; null: as before.</summary>
    public int? Checked { get; init; }
    /// <summary>Items that have been acted on; null: as before.</summary>
    public int? Cursor { get; init; }
    /// <summary>How many of those were retried or deleted.</summary>
    public int Done { get; init; }
    /// <summary>Newest ends; null: as before. Written only while nobody has changed the state since <see cref="StateAt"/>, because resuming begins anew.</summary>
    public string? Recent { get; init; }
    public DateTimeOffset? StateAt { get; init; }
    /// <summary>When something was done last; null: as before.</summary>
    public DateTimeOffset? ActedAt { get; init; }
    public BulkTransition? Transition { get; init; }
}

/// <summary>A change of state by the runner; somebody who changed it first is not overruled.</summary>
/// <param name="IsNextStep">Whether the next step of the canary begins with it.</param>
public sealed record BulkTransition(BulkState From, BulkState To, string By, string Why, bool IsNextStep = false);
