using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Worker;

/// <summary>Moves due jobs into their queues and gives back what lost workers held. Every worker does it, each a little at a time.</summary>
internal sealed class WorkerSweeper(JobRedis redis, WorkerHeartbeat heartbeat, JobWorkerOptions options, ILogger<WorkerSweeper> logger)
{
    /// <summary>Starts that may end with a lost worker before a job is quarantined.</summary>
    public const int MaxLostStarts = 3;

    private const int MaxDuePerCall = 100;
    private const int MaxRecoveredPerCall = 100;
    private const int WorkerSilenceMilliseconds = 30_000;
    private static readonly TimeSpan s_dueInterval = TimeSpan.FromSeconds(1);
    private static readonly RedisScript s_promote = RedisScript.Load("promote-due");
    private static readonly RedisScript s_recover = RedisScript.Load("recover");
    private long _quietUntil;

    /// <summary>Promotes until cancelled.</summary>
    public Task PromoteAsync(CancellationToken cancel) => EveryAsync(s_dueInterval, PromoteDueAsync, cancel);

    /// <summary>Recovers until cancelled.</summary>
    public Task RecoverAsync(CancellationToken cancel) => EveryAsync(TimeSpan.FromSeconds(options.RecoverSeconds), RecoverLostAsync, cancel);

    private async Task PromoteDueAsync(CancellationToken cancel)
    {
        while (true)
        {
            var answer = (int[])await redis.EvalAsync(s_promote, [MaxDuePerCall], cancel);
            // A full batch of which nothing moved is locked: it is looked at again next time.
            if (answer[1] < MaxDuePerCall || answer[0] == 0)
                return;
        }
    }

    private async Task RecoverLostAsync(CancellationToken cancel)
    {
        // After an outage every lease has ended, while those who hold them are about to renew them: they go first.
        if (heartbeat.Silence.TotalSeconds > options.LeaseSeconds / 2.0)
            _quietUntil = Stopwatch.GetTimestamp() + (long)(options.LeaseSeconds * (double)Stopwatch.Frequency);
        if (Stopwatch.GetTimestamp() < _quietUntil)
            return;
        var done = (RedisValue[])await redis.EvalAsync(s_recover, [MaxLostStarts, WorkerSilenceMilliseconds, MaxRecoveredPerCall], cancel);
        for (var i = 0; i + 2 < done.Length; i += 3)
            logger.Recovered(done[i]!, done[i + 1]!, done[i + 2]!);
    }

    private async Task EveryAsync(TimeSpan interval, Func<CancellationToken, Task> sweep, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await sweep(cancel);
            }
            catch (JobStorageException e)
            {
                logger.SweepFailed(e);
            }
            // Workers that started together should not all ask together.
            await Task.Delay(interval * (0.85 + 0.3 * Random.Shared.NextDouble()), cancel);
        }
    }
}
