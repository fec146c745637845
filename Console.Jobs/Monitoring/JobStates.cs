using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Stored names of states and what their data carries.</summary>
internal static class JobStates
{
    public static JobState OfStored(string? stored) => stored switch
    {
        "Scheduled" => JobState.Scheduled,
        "Enqueued" => JobState.Enqueued,
        "Awaiting" => JobState.Awaiting,
        "Processing" => JobState.Processing,
        "Succeeded" => JobState.Succeeded,
        "Failed" => JobState.Failed,
        "Deleted" => JobState.Deleted,
        _ => JobState.Unknown,
    };

    /// <summary>Field of the state data that says when the state began, or null when it has none.</summary>
    public static string? TimeField(JobState state) => state switch
    {
        JobState.Scheduled or JobState.Retrying => "ScheduledAt",
        JobState.Enqueued => "EnqueuedAt",
        JobState.Processing => "StartedAt",
        JobState.Succeeded => "SucceededAt",
        JobState.Failed or JobState.Quarantined => "FailedAt",
        JobState.Deleted => "DeletedAt",
        _ => null,
    };
}
