namespace OpsConsole.Web.Live;

/// <summary>What an item of "Needs attention" is about, and with it which act it offers.</summary>
public enum AttentionKind
{
    FailureSpike,
    FailureGroup,
    WorkerLost,
    WorkerSilent,
    Quarantined,
    QueuePaused,
    QueueUnserved,
    QueueFallingBehind,
    RunnerMissing,
    RunnerHanging,
    SchedulesOverdue,
    ScheduleMissed,
    SchedulePaused,
    HistoryMissing,
    HistoryBehind,
    HistoryGap,
    StorageRisk,
    Inconsistencies,
}

/// <summary>Something that a person should look at.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Subject">Queue, worker id, job type, id of a schedule or of a group of failures; empty for what is about all of them.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">What is behind it, in a sentence or two.</param>
/// <param name="Since">Since when, or null.</param>
public sealed record AttentionItem(AttentionKind Kind, string Subject, string Title, string Text, DateTimeOffset? Since)
{
    public string Key => $"{Kind}:{Subject}";
}
