using Microsoft.Extensions.Logging;

namespace OpsConsole.Jobs.Worker;

/// <summary>Every sentence that a worker logs.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(1, LogLevel.Information, "Worker {Worker} runs {Types} job types in {Slots} slots; queues by pool: {Pools}.")]
    public static partial void WorkerStarted(this ILogger logger, string worker, int types, int slots, string pools);

    [LoggerMessage(2, LogLevel.Information, "Worker {Worker} stops; {Running} jobs are running.")]
    public static partial void WorkerStops(this ILogger logger, string worker, int running);

    [LoggerMessage(3, LogLevel.Information, "Worker {Worker} has stopped; {GivenBack} unfinished jobs went back to the front of their queues.")]
    public static partial void WorkerStopped(this ILogger logger, string worker, int givenBack);

    [LoggerMessage(27, LogLevel.Warning, "{Risk}")]
    public static partial void StorageRisk(this ILogger logger, string risk);

    [LoggerMessage(4, LogLevel.Warning, "Redis is away for pool {Pool}; {Outcomes} outcomes are kept and sent again.")]
    public static partial void StorageIsAway(this ILogger logger, Exception exception, string pool, int outcomes);

    [LoggerMessage(5, LogLevel.Information, "Redis is back for pool {Pool}.")]
    public static partial void StorageIsBack(this ILogger logger, string pool);

    [LoggerMessage(6, LogLevel.Warning, "Redis does not answer; the worker tries again in {Seconds} s.")]
    public static partial void StartWaits(this ILogger logger, Exception exception, double seconds);

    [LoggerMessage(7, LogLevel.Warning, "The heartbeat failed; leases end in {Seconds:0.0} s at the earliest.")]
    public static partial void HeartbeatFailed(this ILogger logger, Exception exception, double seconds);

    [LoggerMessage(8, LogLevel.Warning, "The record of worker {Worker} was gone; it has announced itself again.")]
    public static partial void AnnouncedAgain(this ILogger logger, string worker);

    [LoggerMessage(9, LogLevel.Warning, "Looking for due and lost jobs failed; it is tried again.")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(10, LogLevel.Warning, "Recovered: {Kind} {Subject} of worker {Worker}.")]
    public static partial void Recovered(this ILogger logger, string kind, string subject, string worker);

    [LoggerMessage(28, LogLevel.Warning, "{Title}: {Subject}. {How}: {Did}")]
    public static partial void Inconsistent(this ILogger logger, string title, string subject, string how, string did);

    [LoggerMessage(11, LogLevel.Warning, "Pool {Pool} gave back {Jobs} jobs of a claim whose answer was lost.")]
    public static partial void LostClaimGivenBack(this ILogger logger, string pool, int jobs);

    [LoggerMessage(12, LogLevel.Warning, "The outcome of job {JobId} changed nothing: it was found as '{Found}', so another worker or client has taken it over.")]
    public static partial void OutcomeRefused(this ILogger logger, string jobId, string found);

    [LoggerMessage(25, LogLevel.Debug, "The outcome of job {JobId} was sent again and was known already.")]
    public static partial void OutcomeWasKnown(this ILogger logger, string jobId);

    [LoggerMessage(26, LogLevel.Error, "Job {JobId} was taken out of a queue of pool {Pool}, but its keys in Redis are damaged, so it cannot run; delete it. Redis says: {Fault}")]
    public static partial void JobDamaged(this ILogger logger, string jobId, string pool, string fault);

    [LoggerMessage(13, LogLevel.Warning, "Job {JobId} ({JobName}) belongs to this worker no longer; it is cancelled here.")]
    public static partial void JobLost(this ILogger logger, string jobId, string jobName);

    [LoggerMessage(14, LogLevel.Warning, "Job {JobId} ({JobName}) did not end within {Seconds} s of its hard limit; its slot is freed and it is failed.")]
    public static partial void JobAbandoned(this ILogger logger, string jobId, string jobName, double seconds);

    [LoggerMessage(15, LogLevel.Warning, "Job {JobId} ({JobName}) has reached its {Limit} limit of {Seconds} s.")]
    public static partial void LimitReached(this ILogger logger, string jobId, string jobName, string limit, double seconds);

    [LoggerMessage(16, LogLevel.Warning, "A cancellation callback of job {JobId} threw.")]
    public static partial void CancellationCallbackFailed(this ILogger logger, Exception exception, string jobId);

    [LoggerMessage(17, LogLevel.Information, "Job succeeded after {Milliseconds:0} ms.")]
    public static partial void JobSucceeded(this ILogger logger, double milliseconds);

    [LoggerMessage(18, LogLevel.Warning, "Job failed and is tried again in {Seconds:0.#} s ({Retry} of {Retries}).")]
    public static partial void JobRetries(this ILogger logger, Exception exception, double seconds, int retry, int retries);

    [LoggerMessage(19, LogLevel.Error, "Job failed.")]
    public static partial void JobFailed(this ILogger logger, Exception exception);

    [LoggerMessage(20, LogLevel.Information, "Job was cancelled by {By}: {Reason}.")]
    public static partial void JobCancelled(this ILogger logger, string by, string reason);

    [LoggerMessage(21, LogLevel.Warning, "Progress and log lines of {Jobs} jobs were not written.")]
    public static partial void ReportsLost(this ILogger logger, Exception exception, int jobs);

    [LoggerMessage(22, LogLevel.Warning, "The result has {Bytes} bytes of JSON and is left out; the limit is {Limit}.")]
    public static partial void ResultTooLarge(this ILogger logger, int bytes, int limit);

    [LoggerMessage(24, LogLevel.Warning, "The result cannot be written as JSON and is left out.")]
    public static partial void ResultNotWritten(this ILogger logger, Exception exception);

    [LoggerMessage(23, LogLevel.Error, "Worker code failed; it goes on.")]
    public static partial void WorkerFault(this ILogger logger, Exception exception);
}
