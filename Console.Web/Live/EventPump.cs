using Microsoft.Extensions.Options;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>
/// The only reader of the event stream in a console process: feeds the boards, and tells <see cref="FleetRefresh"/> when
/// events are missing or say that the fleet itself changed.
/// </summary>
public sealed class EventPump(
    JobEventReader reader, FleetBoard fleet, JobBoard jobs, FleetRefresh refresh, LiveHealth health, IEnumerable<IJobEventListener> listeners,
    IOptions<LiveOptions> options, TimeProvider time, ILogger<EventPump> log) : BackgroundService
{
    private const int FullBatch = 1_000;
    private readonly IJobEventListener[] _listeners = [.. listeners];
    private readonly TimeSpan _pace = TimeSpan.FromMilliseconds(options.Value.PaceMilliseconds);
    private long _publishedAt = time.GetTimestamp();
    private bool _mayMiss = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The snapshot comes first: it says which events are already in it.
        await refresh.Ready.WaitAsync(stoppingToken);
        if (fleet.Current.IsQuiet)
            Begin(fleet.Current.At);
        var position = Start();
        var backOff = new BackOff();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var batch in reader.FollowAsync(position, stoppingToken))
                {
                    position = batch.Position;
                    backOff.Reset();
                    await TakeAsync(batch, stoppingToken);
                }
            }
            catch (JobStorageException e)
            {
                health.RedisFailed(e.Message);
                log.LogWarning("The event stream stopped at {Position}: {Cause} Trying again in {Delay}.", position, e.Message, backOff.Next);
                await backOff.WaitAsync(time, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A bug, or an entry that nobody foresaw: the console goes on after it rather than without events.
                log.LogError(e, "The events up to {Position} could not be applied; going on after them in {Delay}.", position, backOff.Next);
                refresh.Request();
                await backOff.WaitAsync(time, stoppingToken);
            }
        }
    }

    /// <summary>A restarted console reads back what the stream kept, so that its series do not begin empty.</summary>
    private string Start()
    {
        // In an empty stream a moment in the past would look like a position whose events are gone.
        if (fleet.Current.IsQuiet)
            return default(StreamPosition).ToString();
        var since = time.GetUtcNow() - TimeSpan.FromHours(options.Value.LookBackHours);
        return StreamPosition.Before(since).ToString();
    }

    private async Task TakeAsync(EventBatch batch, CancellationToken cancel)
    {
        if (batch.Gap)
            OnGap(batch);
        if (batch.Events.Count == 0)
            return;
        if (_mayMiss)
            Begin(batch.Events[0].At);
        fleet.Apply(batch.Events);
        jobs.Apply(batch.Events);
        foreach (var listener in _listeners)
            listener.Apply(batch.Events);
        if (batch.Events.Any(ChangesTheFleet))
            refresh.Request();
        if (batch.Events.Count >= FullBatch && time.GetElapsedTime(_publishedAt) < _pace)
            return;
        Publish(batch);
        // What comes meanwhile is read in one go afterwards.
        if (batch.Events.Count < FullBatch)
            await Task.Delay(_pace, time, cancel);
    }

    private void Begin(DateTimeOffset since)
    {
        fleet.KnownSince(since);
        _mayMiss = false;
    }

    private void OnGap(EventBatch batch)
    {
        if (_mayMiss)
            return;
        log.LogWarning("The event stream has dropped events before {Position}; the fleet is read afresh.", batch.Position);
        refresh.Request();
        jobs.RaiseAll();
        foreach (var listener in _listeners)
            listener.OnGap();
    }

    private void Publish(EventBatch batch)
    {
        fleet.Publish();
        _publishedAt = time.GetTimestamp();
        if (batch.Events.Count < FullBatch)
            health.Measured(time.GetUtcNow() + refresh.ClockAhead - batch.Events[^1].At + fleet.Delivery);
    }

    private static bool ChangesTheFleet(JobEvent e) => e.Kind
        is JobEventKinds.QueuePaused or JobEventKinds.QueueResumed
        or JobEventKinds.WorkerStarted or JobEventKinds.WorkerStopped or JobEventKinds.WorkerLost;
}
