namespace OpsConsole.Jobs.Monitoring;

/// <summary>What acts on many jobs, in many calls: every call of one operation carries the same.</summary>
/// <param name="OperationId">Names it in events and on the jobs: 1 to 128 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</param>
/// <param name="MadeAt">When it was made, by the clock of Redis (<see cref="BulkControl.GetTimeAsync"/>); jobs that failed later are left alone.</param>
/// <param name="Actor">Who, and why.</param>
public sealed record BulkAct(string OperationId, DateTimeOffset MadeAt, Actor Actor);

/// <summary>One job to act on.</summary>
/// <param name="JobId">Its id.</param>
/// <param name="Arguments">Its new arguments as stored, from <see cref="StoredCall.With"/>; null for those that it has.</param>
public sealed record BulkTarget(string JobId, string? Arguments = null);

/// <summary>What became of one job.</summary>
/// <param name="JobId">Its id.</param>
/// <param name="Outcome">Which of the possible ends.</param>
/// <param name="State">For <see cref="BulkOutcome.NotFailed"/>: the state that it was found in.</param>
/// <param name="Detail">For <see cref="BulkOutcome.DuplicateKey"/> the job that holds the key, for <see cref="BulkOutcome.Damaged"/> the fault; else empty.</param>
public sealed record BulkAnswer(string JobId, BulkOutcome Outcome, Protocol.JobState State, string Detail);

/// <summary>How an act on one of many jobs can end.</summary>
public enum BulkOutcome
{
    /// <summary>Done now.</summary>
    Done,
    /// <summary>The same operation had done it before; its answer was lost.</summary>
    DoneBefore,
    /// <summary>The job is not failed any more.</summary>
    NotFailed,
    /// <summary>It failed again after the operation was made.</summary>
    FailedSince,
    /// <summary>There is no such job.</summary>
    Missing,
    /// <summary>An unfinished job holds its uniqueness key.</summary>
    DuplicateKey,
    /// <summary>Its keys hold nonsense; nothing was changed.</summary>
    Damaged,
    /// <summary>A Hangfire client is changing it, or the call was long enough without it: ask again.</summary>
    Later,
}
