namespace OpsConsole.Data.Operations;

/// <summary>A mass operation and how far it has come.</summary>
public sealed record BulkOperation
{
    public required Guid Id { get; init; }
    public required BulkDraft Draft { get; init; }
    public required string MadeBy { get; init; }
    /// <summary>By the clock of Redis: jobs that failed later are left alone.</summary>
    public required DateTimeOffset MadeAt { get; init; }
    public required BulkState State { get; init; }
    /// <summary>Who brought it into this state.</summary>
    public required string StateBy { get; init; }
    public required string StateWhy { get; init; }
    public required DateTimeOffset StateAt { get; init; }
    /// <summary>Step of the canary, from 0; the last one is all the rest.</summary>
    public int Step { get; init; }
    /// <summary>What <see cref="Done"/> was when the step began.</summary>
    public int StepDone { get; init; }
    /// <summary>What <see cref="Cursor"/> was when the step began.</summary>
    public int StepCursor { get; init; }
    public int Total { get; init; }
    /// <summary>Items that have been looked up while it was prepared.</summary>
    public int Checked { get; init; }
    /// <summary>Items up to this number have been acted on.</summary>
    public int Cursor { get; init; }
    /// <summary>Jobs that it has retried or deleted.</summary>
    public int Done { get; init; }
    /// <summary>Items by <see cref="BulkItemState"/>; that of Open means nothing.</summary>
    public IReadOnlyList<int> Counts { get; init; } = [];
    /// <summary>Newest ends of retried jobs, oldest first: <c>s</c> for succeeded, <c>f</c> for failed again.</summary>
    public string Recent { get; init; } = "";
    public DateTimeOffset? FirstActedAt { get; init; }
    public DateTimeOffset? ActedAt { get; init; }
    /// <summary>Why it does not get on, or null.</summary>
    public string? Trouble { get; init; }
    /// <summary>When the last thing about it was done; null while something is left to do.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public bool IsRetry => Draft.Kind != BulkKind.Delete;

    public int Of(BulkItemState state) => (int)state < Counts.Count ? Counts[(int)state] : 0;

    public int LeftOut => Counts.Skip((int)BulkItemState.Retried).Sum();

    /// <summary>What is or was to be acted on.</summary>
    public int Target => Total - LeftOut;

    /// <summary>Retried jobs whose end is known.</summary>
    public int Ended => Of(BulkItemState.Succeeded) + Of(BulkItemState.FailedAgain) + Of(BulkItemState.Deleted) + Of(BulkItemState.Unknown);

    public int UnderWay => IsRetry ? Done - Ended : 0;

    public int NotStarted => Target - Done;

    public bool IsOver => State is BulkState.Stopped or BulkState.Finished;
}
