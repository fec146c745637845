using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Upkeep;

namespace OpsConsole.Jobs.Worker;

/// <summary>One worker: its pools, its heartbeat and its sweeps, from start to an orderly end.</summary>
internal sealed class JobWorker(JobRedis redis, IOptions<JobWorkerOptions> workerOptions, WorkerCatalogue catalogue, IServiceScopeFactory scopes, TimeProvider time, ILoggerFactory loggers) : BackgroundService
{
    private static readonly TimeSpan s_drainLook = TimeSpan.FromMilliseconds(20);
    private readonly JobWorkerOptions _options = workerOptions.Value;
    private readonly ILogger _logger = loggers.CreateLogger<JobWorker>();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Id of this worker, once it has started.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Completes when the worker is announced and takes jobs.</summary>
    public Task Ready => _ready.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pools = MakePools();
        MakeRoomForBlockingJobs(pools.Sum(pool => pool.Slots));
        var identity = new WorkerIdentity(redis, _options, catalogue, time);
        Id = identity.Id;
        using var heartbeat = new WorkerHeartbeat(redis, identity, pools, _options, new VitalsReader(pools, time), loggers.CreateLogger<WorkerHeartbeat>());
        using var life = new CancellationTokenSource();
        using var beating = new CancellationTokenSource();
        try
        {
            // Once it is announced it must take its leave, or the others take it for lost: so nothing here is broken off by a stop.
            await WhenRedisAnswersAsync(() => identity.AnnounceAsync(pools, again: false), stoppingToken);
            await WhenRedisAnswersAsync(() => ListenAsync(pools, heartbeat), stoppingToken);
            await TellRisksAsync();
            _logger.WorkerStarted(Id, catalogue.Jobs.Count, pools.Sum(pool => pool.Slots), string.Join("; ", pools.Select(pool => $"{pool.Name}: {string.Join(", ", pool.Queues)}")));
            var loops = Start(pools, identity, heartbeat, stoppingToken, life.Token);
            var beats = KeepAsync(heartbeat.RunAsync, beating.Token);
            _ready.TrySetResult();
            await WaitAsync(stoppingToken);
            await EndJobsAsync(pools);
            // A renewal that finds no record of the worker announces it again: so none may come after its leave.
            await beating.CancelAsync();
            await beats;
            await LeaveAsync(identity);
            _logger.WorkerStopped(Id, pools.Sum(pool => pool.GivenBack));
            await life.CancelAsync();
            await Task.WhenAll(loops);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await LeaveAsync(identity);
        }
    }

    // Jobs may block their threads. Renewals must find one at once all the same, and the thread pool grows by only one or two a second.
    private static void MakeRoomForBlockingJobs(int slots)
    {
        ThreadPool.GetMinThreads(out var threads, out var completions);
        ThreadPool.SetMinThreads(Math.Max(threads, slots + Environment.ProcessorCount + 4), completions);
    }

    private List<WorkerPool> MakePools()
    {
        List<PoolOptions> configured = _options.Pools.Count > 0 ? _options.Pools : [DefaultPool()];
        return [.. configured.Select(pool => new WorkerPool(pool, loggers.CreateLogger<WorkerPool>()))];
    }

    private PoolOptions DefaultPool()
    {
        var pool = new PoolOptions();
        pool.Queues.AddRange(catalogue.Jobs.Select(job => job.Type.Queue).Append("default").Distinct());
        return pool;
    }

    private Task[] Start(List<WorkerPool> pools, WorkerIdentity identity, WorkerHeartbeat heartbeat, CancellationToken stopping, CancellationToken life)
    {
        var exchange = new JobExchange(redis, identity.Id, _options, catalogue);
        var reports = new JobReports(redis, identity.Id, loggers.CreateLogger<JobReports>());
        var sweeper = new WorkerSweeper(redis, heartbeat, _options, loggers.CreateLogger<WorkerSweeper>());
        var sweep = new SweepLoop(redis, identity.Id, _options, time, loggers.CreateLogger<SweepLoop>());
        var watch = new JobWatch(pools, _options, loggers.CreateLogger<JobWatch>());
        return
        [
            RunAsync(pools, exchange, reports, life),
            KeepAsync(reports.RunAsync, life),
            KeepAsync(watch.RunAsync, life),
            KeepAsync(sweeper.PromoteAsync, stopping),
            KeepAsync(sweeper.RecoverAsync, stopping),
            KeepAsync(sweep.RunAsync, stopping),
        ];
    }

    // What starts the jobs of all pools watches over them until the last pool is through.
    private async Task RunAsync(List<WorkerPool> pools, JobExchange exchange, JobReports reports, CancellationToken life)
    {
        var runner = new JobRunner(scopes, catalogue, reports, redis.Options, loggers.CreateLogger<JobRunner>());
        using var starter = new JobStarter(runner);
        Task[] loops;
        // Jobs run on threads of the loops: nothing of what surrounded the start of the worker may be around them.
        using (ExecutionContext.SuppressFlow())
            loops = [.. pools.Select(pool => KeepAsync(new PoolLoop(pool, _options, exchange, catalogue, starter, reports, _logger).RunAsync, life))];
        await Task.WhenAll(loops);
    }

    // A fault in one loop must not leave a worker that looks alive and does nothing: the loop is told of and started again.
    private async Task KeepAsync(Func<CancellationToken, Task> loop, CancellationToken cancel)
    {
        await Task.Yield();
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await loop(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
            }
#pragma warning disable CA1031
            catch (Exception e)
            {
                _logger.WorkerFault(e);
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), cancel));
            }
#pragma warning restore CA1031
        }
    }

    private async Task ListenAsync(List<WorkerPool> pools, WorkerHeartbeat heartbeat)
    {
        await redis.SubscribeAsync(redis.Keys.FetchChannel, (_, _) => pools.ForEach(pool => pool.Wake()));
        await redis.SubscribeAsync(redis.Keys.Commands, (_, command) =>
        {
            // The renewal brings who asked and why, and whether the job is ours still.
            if (((string)command!).Split(' ') is ["cancel", var id] && pools.Any(pool => pool.Running.Any(job => job.JobId == id)))
                heartbeat.BeatNow();
        });
    }

    private async Task TellRisksAsync()
    {
        foreach (var risk in await StorageRisks.ReadAsync(redis, CancellationToken.None))
            _logger.StorageRisk(risk);
    }

    private async Task EndJobsAsync(List<WorkerPool> pools)
    {
        var running = pools.Sum(pool => pool.Busy);
        _logger.WorkerStops(Id, running);
        pools.ForEach(pool => pool.StopClaiming());
        var limit = TimeSpan.FromSeconds(_options.ShutdownSeconds);
        var since = Stopwatch.GetTimestamp();
        await DrainAsync(pools, limit / 10);
        Each(pools, job => job.Stop(StopCause.Shutdown));
        await DrainAsync(pools, limit * 0.85 - Stopwatch.GetElapsedTime(since));
        Each(pools, job => job.Pool.End(job, new JobOutcome.GivenBack($"Worker stopped during attempt {job.Attempt}; the job did not end in time.")));
        await DrainAsync(pools, TimeSpan.FromTicks(Math.Max(limit.Ticks / 10, TimeSpan.TicksPerSecond)));
    }

    private async Task LeaveAsync(WorkerIdentity identity)
    {
        try
        {
            await identity.LeaveAsync();
        }
        catch (JobStorageException e)
        {
            _logger.HeartbeatFailed(e, 0);
        }
    }

    private static void Each(List<WorkerPool> pools, Action<RunningJob> act) =>
        pools.SelectMany(pool => pool.Running).ToList().ForEach(act);

    private static async Task DrainAsync(List<WorkerPool> pools, TimeSpan limit)
    {
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < limit && !pools.TrueForAll(pool => pool.IsDrained))
            await Task.Delay(s_drainLook);
    }

    private async Task WhenRedisAnswersAsync(Func<Task> act, CancellationToken cancel)
    {
        for (var seconds = 0.25; ; seconds = Math.Min(5, seconds * 2))
        {
            try
            {
                await act();
                return;
            }
            catch (Exception e) when (e is JobStorageException or StackExchange.Redis.RedisException)
            {
                _logger.StartWaits(e, seconds);
                await Task.Delay(TimeSpan.FromSeconds(seconds), cancel);
            }
        }
    }

    private static async Task WaitAsync(CancellationToken cancel) => await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
