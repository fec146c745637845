namespace OpsConsole.Data.History;

/// <summary>How an attempt ended. Stored as a number: never renumber.</summary>
public enum AttemptOutcome : short
{
    Succeeded = 1,
    /// <summary>It failed, and the job was to be tried again by itself.</summary>
    Retrying = 2,
    /// <summary>It failed for good: the job stays until somebody acts.</summary>
    Failed = 3,
    /// <summary>It took its worker with it once too often; the job is locked away until somebody acts.</summary>
    Quarantined = 4,
    /// <summary>Its worker was lost; the job went back into its queue.</summary>
    Lost = 5,
    /// <summary>The job was deleted or cancelled, before or while it ran.</summary>
    Deleted = 6,
    /// <summary>Its worker stopped in good order and gave the job back.</summary>
    Returned = 7,
}

/// <summary>How long an attempt is kept: the table is partitioned by it, so that a retention is a dropped partition. Stored as a number.</summary>
public enum RetentionClass : short
{
    Succeeded = 1,
    /// <summary>All that failed, for good or not, lost ones included.</summary>
    Failed = 2,
    /// <summary>Deleted, cancelled and given back.</summary>
    Other = 3,
}

public static class AttemptOutcomes
{
    /// <summary>Whether it counts as a failure: an attempt that ended in an exception or with its worker.</summary>
    public static bool IsFailure(this AttemptOutcome outcome) =>
        outcome is AttemptOutcome.Retrying or AttemptOutcome.Failed or AttemptOutcome.Quarantined or AttemptOutcome.Lost;

    /// <summary>Whether the job came to its end with it, for good or bad.</summary>
    public static bool IsFinal(this AttemptOutcome outcome) =>
        outcome is AttemptOutcome.Succeeded or AttemptOutcome.Failed or AttemptOutcome.Quarantined or AttemptOutcome.Deleted;

    public static RetentionClass RetentionClass(this AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Succeeded => History.RetentionClass.Succeeded,
        _ when outcome.IsFailure() => History.RetentionClass.Failed,
        _ => History.RetentionClass.Other,
    };
}
