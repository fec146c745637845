namespace OpsConsole.Jobs.Protocol;

/// <summary>
/// Where a job stands. The first seven are stored under Hangfire's names; <see cref="Retrying"/> and
/// <see cref="Quarantined"/> are derived for display (see <c>docs/protocol.md</c>, States).
/// </summary>
public enum JobState
{
    /// <summary>The stored state is missing or carries a name that the protocol does not know.</summary>
    Unknown,
    /// <summary>Waits for a moment in time.</summary>
    Scheduled,
    /// <summary>Waits in a queue.</summary>
    Enqueued,
    /// <summary>Waits for its parent to end.</summary>
    Awaiting,
    /// <summary>A worker runs it.</summary>
    Processing,
    /// <summary>Ended well.</summary>
    Succeeded,
    /// <summary>Ended in an exception and is not retried by itself.</summary>
    Failed,
    /// <summary>Taken out by an operator, a cancellation or an unmet condition.</summary>
    Deleted,
    /// <summary>Stored as Scheduled: failed, and waits for its next attempt.</summary>
    Retrying,
    /// <summary>Stored as Failed: its worker was lost three times while it ran.</summary>
    Quarantined,
}
