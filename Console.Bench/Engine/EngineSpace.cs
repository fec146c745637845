using System.Diagnostics;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Bench.Engine;

/// <summary>What one drain came to.</summary>
/// <param name="JobsPerSecond">From the end of the pause to the last job.</param>
/// <param name="RedisMicroseconds">Processor time of Redis per job.</param>
internal readonly record struct DrainResult(double JobsPerSecond, double RedisMicroseconds);

/// <summary>A part of Redis of its own whose queue is filled while it is paused, so that a drain starts at one moment with all workers ready.</summary>
internal sealed class EngineSpace : IAsyncDisposable
{
    private const int WarmUpJobs = 20_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);
    private static readonly Actor Operator = new("bench", "measured");
    private readonly BenchSettings _settings;
    private readonly BenchHost _host;
    private readonly JobControl _control;
    private readonly List<WorkerProcess> _workers = [];

    private EngineSpace(BenchSettings settings, string prefix, BenchHost host)
    {
        (_settings, Prefix, _host) = (settings, prefix, host);
        _control = new JobControl(host.Redis, TimeProvider.System);
    }

    public string Prefix { get; }

    public JobClient Client => _host.Client;

    public JobRedis Redis => _host.Redis;

    public BenchHost Host => _host;

    public static async Task<EngineSpace> OpenAsync(BenchSettings settings)
    {
        // As long as the default one: it stands in front of every key.
        var prefix = $"{{{Guid.NewGuid().ToString("N")[..8]}}}:";
        await BenchHost.PublishTypesAsync(settings, prefix);
        var space = new EngineSpace(settings, prefix, await BenchHost.StartAsync(settings, prefix));
        await space.PauseAsync();
        return space;
    }

    /// <summary>Starts worker processes and lets them run some jobs, so that what is measured is compiled.</summary>
    public async Task StartWorkersAsync(int processes, int slots)
    {
        for (var i = 0; i < processes; i++)
            _workers.Add(WorkerProcess.Start(_settings, Prefix, slots));
        foreach (var worker in _workers)
            await worker.ReadyAsync();
        if (processes == 0)
            return;
        await FillAsync(WarmUpJobs * processes);
        await DrainAsync(WarmUpJobs * processes);
        foreach (var worker in _workers)
            await worker.FollowAsync($"worker with {slots} slots");
    }

    public async Task StopWorkersAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
        _workers.Clear();
    }

    /// <summary>What all workers together have used so far.</summary>
    public async Task<WorkerFigures> WorkersAsync()
    {
        var sum = new WorkerFigures();
        foreach (var worker in _workers)
            sum += await worker.FiguresAsync();
        return sum;
    }

    /// <summary>Adds jobs to the queue, so many per call of the client.</summary>
    public Task FillAsync(int jobs, int batch = JobClient.MaxBatch) => FillAsync(Client, jobs, batch);

    public static async Task FillAsync(JobClient client, int jobs, int batch = JobClient.MaxBatch)
    {
        foreach (var chunk in Enumerable.Range(0, jobs).Chunk(batch))
        {
            var results = await client.EnqueueManyAsync([.. chunk.Select(number => new JobRequest("bench.count", $"[{number}]"))]);
            if (results.FirstOrDefault(result => !result.IsCreated) is { } refused)
                throw new InvalidOperationException(refused.Message);
        }
    }

    /// <summary>Ends the pause, waits until so many jobs have succeeded, and pauses again.</summary>
    public async Task<DrainResult> DrainAsync(int jobs)
    {
        var (before, redis) = (await SucceededAsync(), await _host.RedisProcessorSecondsAsync());
        var since = Stopwatch.GetTimestamp();
        await ResumeAsync();
        long done = 0;
        await Waiting.UntilAsync($"{jobs:N0} jobs have succeeded", TimeSpan.FromMinutes(5), async () => (done = await SucceededAsync() - before) >= jobs, LookEvery);
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        redis = await _host.RedisProcessorSecondsAsync() - redis;
        await PauseAsync();
        return new DrainResult(done / seconds, redis / done * 1e6);
    }

    /// <summary>Removes all jobs and the queue; only while nobody works on it.</summary>
    public async Task EmptyAsync()
    {
        await _host.ForgetJobsAsync();
        await Redis.RunAsync("UNLINK", database => database.KeyDeleteAsync([Redis.Keys.Queue("default"), Redis.Keys.Queue("ceiling")]));
    }

    public Task<long> SucceededAsync() => _host.NumberAsync(Redis.Keys.Stats("succeeded"));

    public Task PauseAsync() => _control.PauseQueueAsync("default", Operator, until: null);

    public Task ResumeAsync() => _control.ResumeQueueAsync("default", Operator);

    /// <summary>Sets when Redis writes its append-only file to disk: everysec or always.</summary>
    public Task FsyncAsync(string policy) => Redis.RunAsync("CONFIG SET", database => database.ExecuteAsync("CONFIG", "SET", "appendfsync", policy));

    public async ValueTask DisposeAsync()
    {
        await StopWorkersAsync();
        await _host.ClearAsync();
        await _host.DisposeAsync();
    }
}
