using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Something that is known of the job of an occurrence: by an event, or by looking the job up.</summary>
/// <param name="Id">Occurrence.</param>
/// <param name="Kind">What it is.</param>
/// <param name="At">When it happened, by the clock of Redis.</param>
public sealed record JobNews(OccurrenceId Id, JobNewsKind Kind, DateTimeOffset At)
{
    /// <summary>The attempt that it is about, from 1; 0 when it does not say.</summary>
    public int Attempt { get; init; }

    /// <summary>When that attempt began; null when it does not say.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>For <see cref="JobNewsKind.Ended"/>.</summary>
    public JobOutcome? Outcome { get; init; }

    /// <summary>Null for events that are not about a job of a schedule, or that change nothing in the ledger.</summary>
    public static JobNews? Of(JobEvent e) => e.Kind switch
    {
        JobEventKinds.Processing => Of(e, JobNewsKind.Started, startedAt: e.At),
        JobEventKinds.Retrying => Of(e, JobNewsKind.Attempted),
        JobEventKinds.Succeeded => Of(e, JobNewsKind.Ended, JobOutcome.Succeeded),
        JobEventKinds.Failed or JobEventKinds.Quarantined => Of(e, JobNewsKind.Ended, JobOutcome.Failed),
        JobEventKinds.Deleted => Of(e, JobNewsKind.Ended, e.Text("by") == ScheduleActor.Name && ScheduleActor.IsExpiry(e.Text("reason")) ? JobOutcome.Expired : JobOutcome.Deleted),
        // The queue takes it again: by hand when somebody is named, else for its next attempt.
        JobEventKinds.Enqueued when e.Text("by") is { Length: > 0 } => Of(e, JobNewsKind.Reopened),
        _ => null,
    };

    /// <summary>What a job that was looked up says; null when that is nothing.</summary>
    public static JobNews? Of(OccurrenceId id, JobRecord job, DateTimeOffset now)
    {
        if (IsGone(job))
            return new JobNews(id, JobNewsKind.Ended, now) { Outcome = JobOutcome.Unknown };
        if (OutcomeOf(job) is { } outcome)
            return new JobNews(id, JobNewsKind.Ended, job.StateAt ?? now) { Outcome = outcome, Attempt = job.Attempt, StartedAt = job.StateAt - job.Ran };
        return job switch
        {
            { State: JobState.Processing, StateAt: { } at } => new JobNews(id, JobNewsKind.Started, at) { Attempt = job.Attempt, StartedAt = job.Attempt == 1 ? at : null },
            { State: JobState.Enqueued or JobState.Scheduled or JobState.Awaiting or JobState.Retrying, StateAt: { } at } => new JobNews(id, JobNewsKind.Reopened, at) { Attempt = job.Attempt },
            _ => null,
        };
    }

    /// <summary>Whether Redis has nothing of this job.</summary>
    public static bool IsGone(JobRecord job) => job.CreatedAt is null && job.StoredState.Length == 0;

    private static JobNews? Of(JobEvent e, JobNewsKind kind, JobOutcome? outcome = null, DateTimeOffset? startedAt = null)
    {
        if (OccurrenceId.OfJob(e.Subject) is not { } id)
            return null;
        var ran = e.Number("run") is { } ms and >= 0 and < 1e13 ? e.At.AddMilliseconds(-ms) : (DateTimeOffset?)null;
        return new JobNews(id, kind, e.At) { Attempt = (int)(e.Number("attempt") ?? 0), StartedAt = startedAt ?? ran, Outcome = outcome };
    }

    private static JobOutcome? OutcomeOf(JobRecord job) => job.State switch
    {
        JobState.Succeeded => JobOutcome.Succeeded,
        JobState.Failed or JobState.Quarantined => JobOutcome.Failed,
        JobState.Deleted => job.Reason?.StartsWith(ScheduleActor.DeletedAsExpired, StringComparison.Ordinal) == true ? JobOutcome.Expired : JobOutcome.Deleted,
        _ => null,
    };
}

/// <summary>What is known of a job.</summary>
public enum JobNewsKind
{
    /// <summary>An attempt has begun.</summary>
    Started,

    /// <summary>An attempt has ended, and another one follows.</summary>
    Attempted,

    /// <summary>It waits in a queue or for its time.</summary>
    Reopened,

    /// <summary>It has come to rest.</summary>
    Ended,

    /// <summary>Nothing; but the ledger may have closed the occurrence already.</summary>
    Look,
}
