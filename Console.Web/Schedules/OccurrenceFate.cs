using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules;

/// <summary>What became of an occurrence and of its job, as one word: what people look for in a row of them.</summary>
public enum OccurrenceFate
{
    /// <summary>Claimed; its job is not in the queue yet.</summary>
    Pending,

    /// <summary>Waits for the job of an earlier one to end.</summary>
    Buffered,

    /// <summary>Its job waits in the queue.</summary>
    Queued,
    Running,
    Succeeded,

    /// <summary>Succeeded, but not on the first attempt.</summary>
    Retried,

    /// <summary>Succeeded, but its job came into the queue after the grace.</summary>
    Late,

    /// <summary>Not over by its deadline, whatever it did afterwards.</summary>
    Overran,
    Failed,
    Deleted,
    Expired,

    /// <summary>Nobody knows how its job ended.</summary>
    Unknown,
    Skipped,
    Paused,
    Missed,

    /// <summary>No job could be made of it.</summary>
    NoJob,
}

/// <summary>Tells the fate of an occurrence.</summary>
public static class OccurrenceFates
{
    public static OccurrenceFate Of(Occurrence occurrence) => occurrence.State switch
    {
        OccurrenceState.Missed => OccurrenceFate.Missed,
        OccurrenceState.FailedToEnqueue => OccurrenceFate.NoJob,
        OccurrenceState.Skipped => OccurrenceFate.Skipped,
        OccurrenceState.Paused => OccurrenceFate.Paused,
        _ => OfJob(occurrence),
    };

    /// <summary>Whether somebody should look at it.</summary>
    public static bool IsBad(OccurrenceFate fate) => fate is OccurrenceFate.Failed or OccurrenceFate.Missed or OccurrenceFate.NoJob or OccurrenceFate.Overran;

    private static OccurrenceFate OfJob(Occurrence occurrence) => occurrence.Outcome switch
    {
        JobOutcome.Failed => OccurrenceFate.Failed,
        _ when occurrence.IsDeadlineMissed => OccurrenceFate.Overran,
        JobOutcome.Deleted => OccurrenceFate.Deleted,
        JobOutcome.Expired => OccurrenceFate.Expired,
        JobOutcome.Unknown => OccurrenceFate.Unknown,
        JobOutcome.Succeeded => occurrence switch
        {
            { Attempts: > 1 } => OccurrenceFate.Retried,
            { State: OccurrenceState.Late } => OccurrenceFate.Late,
            _ => OccurrenceFate.Succeeded,
        },
        _ => Unfinished(occurrence),
    };

    private static OccurrenceFate Unfinished(Occurrence occurrence) => occurrence switch
    {
        { StartedAt: not null } => OccurrenceFate.Running,
        { EnqueuedAt: not null } => OccurrenceFate.Queued,
        { State: OccurrenceState.Buffered } => OccurrenceFate.Buffered,
        { IsOpen: true } => OccurrenceFate.Pending,
        _ => OccurrenceFate.Unknown,
    };
}
