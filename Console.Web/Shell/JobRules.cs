using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Shell;

/// <summary>Which acts a job's state allows, as far as a page knows it; the scripts decide by themselves.</summary>
public static class JobRules
{
    /// <summary>Why it cannot be retried, or null when it can.</summary>
    public static string? WhyNotRetry(JobRecord job) => job.State switch
    {
        JobState.Processing => $"Attempt {Math.Max(1, job.Attempt)} is running. Cancel it first, or wait for its end.",
        JobState.Enqueued => $"It waits in queue {job.Queue} already.",
        JobState.Unknown => "Its state is missing or unknown, so there is nothing to retry from.",
        _ => null,
    };

    public static string? WhyNotCancel(JobRecord job) => job switch
    {
        { State: not JobState.Processing } => "Only a running job can be cancelled.",
        { CancelRequested: true } => "Its cancellation has been requested; its worker has to answer.",
        _ => null,
    };

    public static string? WhyNotDelete(JobRecord job) => job.State == JobState.Deleted ? "It is deleted already." : null;

    /// <summary>What a retry is called for a job in this state.</summary>
    public static string RetryWord(JobState state) => state switch
    {
        JobState.Scheduled or JobState.Retrying or JobState.Awaiting => "Run now",
        JobState.Succeeded or JobState.Deleted => "Run again",
        _ => "Retry",
    };
}
