using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace OpsConsole.Jobs.Worker;

/// <summary>Watches running jobs by the monotonic clock: soft and hard limits, and leases that could not be renewed.</summary>
internal sealed class JobWatch(IReadOnlyList<WorkerPool> pools, JobWorkerOptions options, ILogger<JobWatch> logger)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    public async Task RunAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(s_interval);
        while (await timer.WaitForNextTickAsync(cancel))
            foreach (var pool in pools)
                foreach (var job in pool.Running)
                    Look(pool, job);
    }

    private void Look(WorkerPool pool, RunningJob job)
    {
        var ran = Stopwatch.GetElapsedTime(job.StartedAt);
        if (job.Declared?.SoftLimit is { } soft && ran >= soft && !job.SoftLimitReached.IsCancellationRequested)
        {
            logger.LimitReached(job.JobId, job.JobName, "soft", soft.TotalSeconds);
            job.Warn();
        }
        if (job.Declared?.HardLimit is { } hard && ran >= hard)
            LookAtHardLimit(pool, job, hard);
        if (job.Cause == StopCause.None && LeaseLeft(job) < Margin)
        {
            logger.JobLost(job.JobId, job.JobName);
            job.Stop(StopCause.LeaseLost);
        }
    }

    private void LookAtHardLimit(WorkerPool pool, RunningJob job, TimeSpan hard)
    {
        if (job.LimitPassedAt == 0)
        {
            job.LimitPassedAt = Stopwatch.GetTimestamp();
            logger.LimitReached(job.JobId, job.JobName, "hard", hard.TotalSeconds);
            job.Stop(StopCause.HardLimit);
        }
        else if (job.Cause is StopCause.HardLimit or StopCause.Operator && Stopwatch.GetElapsedTime(job.LimitPassedAt).TotalSeconds >= options.AbandonSeconds
            && pool.End(job, JobRunner.Abandoned(job, options.AbandonSeconds)))
        {
            logger.JobAbandoned(job.JobId, job.JobName, options.AbandonSeconds);
        }
    }

    // The job needs some time to stop in before another worker may have it.
    private TimeSpan Margin => TimeSpan.FromSeconds(Math.Min(2, options.LeaseSeconds / 5.0));

    private static TimeSpan LeaseLeft(RunningJob job) => Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), job.LeaseEndsAt);
}
