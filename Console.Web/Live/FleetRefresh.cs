using Microsoft.Extensions.Options;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>
/// Reads the fleet again every second while someone watches, more rarely otherwise, and at once when asked: the
/// authority for depths, counts and workers, because Hangfire hosts write no events.
/// </summary>
public sealed class FleetRefresh(
    JobInspector inspector, JobCatalogue catalogue, FleetBoard fleet, LiveHealth health,
    IOptions<LiveOptions> options, TimeProvider time, ILogger<FleetRefresh> log) : BackgroundService
{
    private const int FailedRows = 50;
    private const int GoneRows = 50;
    private static readonly TimeSpan SlowEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private readonly SemaphoreSlim _requested = new(0, 1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _slowReadAt;
    private long _knownFailed = -1;

    /// <summary>Done when the first snapshot is on the board.</summary>
    public Task Ready => _ready.Task;

    /// <summary>How far the clock of Redis is ahead of ours.</summary>
    public TimeSpan ClockAhead { get; private set; }

    /// <summary>Asks for a reading now rather than at the next turn.</summary>
    public void Request()
    {
        try
        {
            _requested.Release();
        }
        catch (SemaphoreFullException)
        {
            // One is already asked for.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backOff = new BackOff();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(stoppingToken);
                backOff.Reset();
                await PauseAsync(stoppingToken);
            }
            catch (JobStorageException e)
            {
                health.RedisFailed(e.Message);
                log.LogWarning("The fleet could not be read: {Cause} Trying again in {Delay}.", e.Message, backOff.Next);
                await backOff.WaitAsync(time, stoppingToken);
            }
        }
    }

    public override void Dispose()
    {
        _requested.Dispose();
        base.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        var askedAt = time.GetUtcNow();
        var snapshot = await inspector.GetSnapshotAsync(cancel);
        ClockAhead = snapshot.At - (askedAt + ((time.GetUtcNow() - askedAt) / 2));
        if (!_ready.Task.IsCompleted)
            fleet.ApplyHours(await inspector.GetHourlyCountsAsync(snapshot.At.AddHours(-24), 25, cancel));
        var running = await inspector.GetRunningAsync(RunningJobs.Limit, cancel: cancel);
        if (_slowReadAt == 0 || time.GetElapsedTime(_slowReadAt) >= SlowEvery)
            await ReadSlowAsync(snapshot, cancel);
        fleet.Apply(snapshot);
        fleet.ApplyRunning(running, StreamPosition.Parse(snapshot.Position));
        fleet.Publish();
        health.RedisAnswered();
        _ready.TrySetResult();
    }

    /// <summary>What changes rarely, or what events tell sooner.</summary>
    private async Task ReadSlowAsync(FleetSnapshot snapshot, CancellationToken cancel)
    {
        fleet.Names.Reset(await catalogue.GetAsync(cancel));
        fleet.ApplyGone(await inspector.GetGoneWorkersAsync(GoneRows, cancel));
        if (snapshot.Counts.Failed != _knownFailed)
        {
            var page = await inspector.ListJobsAsync(new JobListQuery { State = JobState.Failed, Limit = FailedRows }, cancel);
            fleet.ApplyFailed(page.Jobs, snapshot.At);
        }
        _knownFailed = snapshot.Counts.Failed;
        _slowReadAt = time.GetTimestamp();
    }

    private async Task PauseAsync(CancellationToken cancel)
    {
        // Requests that come in a burst, as when ten workers stop together, are answered by one reading.
        await Task.Delay(ShortestPause, time, cancel);
        var every = fleet.Subscribers > 0 ? options.Value.WatchedRefreshMilliseconds : options.Value.IdleRefreshMilliseconds;
        if (await _requested.WaitAsync(TimeSpan.FromMilliseconds(every) - ShortestPause, cancel))
            _slowReadAt = 0;
    }
}
