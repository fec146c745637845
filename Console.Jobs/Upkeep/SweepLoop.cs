using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;

namespace OpsConsole.Jobs.Upkeep;

/// <summary>Has Redis looked through for as long as it is this worker's turn; the others only ask whether it has become theirs.</summary>
internal sealed class SweepLoop(JobRedis redis, string workerId, JobWorkerOptions options, TimeProvider time, ILogger<SweepLoop> logger)
{
    private const int TurnMilliseconds = 30_000;
    private const int PlacesShare = 3;
    private static readonly TimeSpan s_turnInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_shortestRest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_repairInterval = TimeSpan.FromSeconds(1);
    private static readonly RedisScript s_turn = RedisScript.Load("sweep-turn");
    private readonly StorageSweep _sweep = new(redis, options, time, Task.Delay, logger);
    private long _turnEndsAt;

    /// <summary>Runs until cancelled.</summary>
    public Task RunAsync(CancellationToken cancel)
    {
        var interval = TimeSpan.FromSeconds(options.SweepSeconds);
        return Task.WhenAll(
            EveryAsync(Shorter(interval, s_turnInterval), AskForTurnAsync, cancel),
            // They are few and quickly looked through, and some of them take long to be sure about.
            EveryAsync(interval / PlacesShare, token => InTurnAsync(_sweep.LookAtPlacesAsync, token), cancel),
            EveryAsync(interval, token => InTurnAsync(_sweep.LookAtJobsAsync, token), cancel),
            EveryAsync(interval / PlacesShare, token => InTurnAsync(_sweep.LookAtCountsAsync, token), cancel),
            EveryAsync(interval, token => InTurnAsync(_sweep.LookSlowlyAsync, token), cancel),
            EveryAsync(Shorter(interval, s_repairInterval), token => InTurnAsync(_sweep.RepairDueAsync, token), cancel));
    }

    private async Task AskForTurnAsync(CancellationToken cancel)
    {
        var asked = Stopwatch.GetTimestamp();
        var isMine = Reply.Number(await redis.EvalAsync(s_turn, [workerId, TurnMilliseconds], cancel)) == 1;
        Interlocked.Exchange(ref _turnEndsAt, isMine ? asked + (long)(TurnMilliseconds / 1_000.0 * Stopwatch.Frequency) : 0);
    }

    private Task InTurnAsync(Func<CancellationToken, Task> act, CancellationToken cancel) =>
        Stopwatch.GetTimestamp() < Interlocked.Read(ref _turnEndsAt) ? act(cancel) : Task.CompletedTask;

    private async Task EveryAsync(TimeSpan interval, Func<CancellationToken, Task> act, CancellationToken cancel)
    {
        while (true)
        {
            var begin = Stopwatch.GetTimestamp();
            try
            {
                await act(cancel);
            }
            catch (JobStorageException e)
            {
                logger.SweepFailed(e);
            }
            // From begin to begin: what takes longer than that has its rests within.
            var rest = (interval * (0.85 + 0.15 * Random.Shared.NextDouble())) - Stopwatch.GetElapsedTime(begin);
            await Task.Delay(rest > s_shortestRest ? rest : s_shortestRest, cancel);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
