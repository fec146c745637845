using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>
/// Depths and counts as of the newest event: the last snapshot plus what events after its position changed. Each
/// snapshot is the authority again, so that whatever wrote no event is at most one snapshot late.
/// </summary>
public sealed class FleetCounts
{
    private const int MaxChanges = 50_000;
    private readonly Queue<(StreamPosition Position, JobEvent Event)> _changes = new();
    private readonly Dictionary<string, QueueCount> _queues = new(StringComparer.Ordinal);
    private readonly Dictionary<JobState, long> _states = [];

    /// <summary>What one queue holds.</summary>
    /// <param name="Record">As of the snapshot.</param>
    /// <param name="Depth">Waiting now.</param>
    /// <param name="Running">Running now.</param>
    /// <param name="Throttled">Held back now.</param>
    public sealed record QueueCount(QueueRecord Record, long Depth, long Running, long Throttled);

    public FleetSnapshot? Snapshot { get; private set; }

    public IReadOnlyCollection<QueueCount> Queues => _queues.Values;

    public long Of(JobState state) => Math.Max(0, _states.GetValueOrDefault(state));

    public void Reset(FleetSnapshot snapshot)
    {
        Snapshot = snapshot;
        var position = StreamPosition.Parse(snapshot.Position);
        while (_changes.TryPeek(out var oldest) && oldest.Position <= position)
            _changes.Dequeue();
        _queues.Clear();
        foreach (var queue in snapshot.Queues)
            _queues[queue.Name] = new QueueCount(queue, queue.Depth, queue.Running, queue.Throttled);
        Take(snapshot.Counts);
        foreach (var (_, change) in _changes)
            Change(change);
    }

    public void Apply(JobEvent e, StreamPosition position)
    {
        if (Snapshot is null || position <= StreamPosition.Parse(Snapshot.Position) || !Moves(e.Kind))
            return;
        if (_changes.Count == MaxChanges)
            _changes.Dequeue();
        _changes.Enqueue((position, e));
        Change(e);
    }

    private void Take(StateCounts counts)
    {
        _states[JobState.Enqueued] = counts.Enqueued;
        _states[JobState.Scheduled] = counts.Scheduled;
        _states[JobState.Retrying] = counts.Retrying;
        _states[JobState.Processing] = counts.Processing;
        _states[JobState.Succeeded] = counts.SucceededTotal;
        _states[JobState.Deleted] = counts.DeletedTotal;
        _states[JobState.Failed] = counts.Failed;
        _states[JobState.Quarantined] = counts.Quarantined;
        _states[JobState.Awaiting] = counts.Awaiting;
    }

    private void Change(JobEvent e)
    {
        if (Stored(e.PreviousState) is { } left && e.Kind != JobEventKinds.Throttled)
            Add(left, -1);
        foreach (var entered in Entered(e.Kind))
            Add(entered, 1);
        if (e.Queue.Length == 0)
            return;
        var queue = _queues.GetValueOrDefault(e.Queue) ?? new QueueCount(new QueueRecord { Name = e.Queue }, 0, 0, 0);
        _queues[e.Queue] = Moved(queue, e);
    }

    private static QueueCount Moved(QueueCount queue, JobEvent e)
    {
        var ended = e.PreviousState == nameof(JobState.Processing) ? 1 : 0;
        return e.Kind switch
        {
            JobEventKinds.Processing => queue with { Depth = Math.Max(0, queue.Depth - 1), Running = queue.Running + 1 },
            JobEventKinds.Throttled => queue with { Depth = Math.Max(0, queue.Depth - 1), Throttled = queue.Throttled + 1 },
            JobEventKinds.Enqueued or JobEventKinds.Requeued => queue with
            {
                // The first to wait in an empty queue is the oldest.
                Record = queue.Depth == 0 ? queue.Record with { OldestAt = e.At } : queue.Record,
                Depth = queue.Depth + 1,
                Running = Math.Max(0, queue.Running - ended),
            },
            _ => queue with { Running = Math.Max(0, queue.Running - ended) },
        };
    }

    private void Add(JobState state, long by) => _states[state] = _states.GetValueOrDefault(state) + by;

    private static bool Moves(string kind) => kind == JobEventKinds.Throttled || Entered(kind).Length > 0;

    private static JobState? Stored(string state) => Enum.TryParse<JobState>(state, out var parsed) ? parsed : null;

    private static JobState[] Entered(string kind) => kind switch
    {
        JobEventKinds.Enqueued or JobEventKinds.Requeued => EnqueuedState,
        JobEventKinds.Scheduled => ScheduledState,
        JobEventKinds.Retrying => RetryingStates,
        JobEventKinds.Awaiting => AwaitingState,
        JobEventKinds.Processing => ProcessingState,
        JobEventKinds.Succeeded => SucceededState,
        JobEventKinds.Failed => FailedState,
        JobEventKinds.Quarantined => QuarantinedStates,
        JobEventKinds.Deleted => DeletedState,
        _ => [],
    };

    private static readonly JobState[] EnqueuedState = [JobState.Enqueued];
    private static readonly JobState[] ScheduledState = [JobState.Scheduled];
    private static readonly JobState[] RetryingStates = [JobState.Scheduled, JobState.Retrying];
    private static readonly JobState[] AwaitingState = [JobState.Awaiting];
    private static readonly JobState[] ProcessingState = [JobState.Processing];
    private static readonly JobState[] SucceededState = [JobState.Succeeded];
    private static readonly JobState[] FailedState = [JobState.Failed];
    private static readonly JobState[] QuarantinedStates = [JobState.Failed, JobState.Quarantined];
    private static readonly JobState[] DeletedState = [JobState.Deleted];
}
