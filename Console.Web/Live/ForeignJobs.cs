using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>
/// Counts jobs that hosts ran which write no events: what the totals of two snapshots differ by, less what the events
/// between them account for.
/// </summary>
public sealed class ForeignJobs
{
    private const int MaxPending = 64;
    private readonly Queue<(StreamPosition Position, DateTimeOffset At, long Succeeded, long Failed)> _pending = new();
    private StreamPosition _settled;
    private long _succeeded = -1;
    private long _failed;
    private long _ownSucceeded;
    private long _ownFailed;

    /// <summary>Takes the totals of a snapshot; they count once the events up to its position have been applied.</summary>
    public void Apply(FleetSnapshot snapshot, StreamPosition through, Action<DateTimeOffset, Action<TimeBucket>> bucket)
    {
        var position = StreamPosition.Parse(snapshot.Position);
        if (_succeeded < 0)
        {
            (_settled, _succeeded, _failed) = (position, snapshot.Counts.SucceededTotal, snapshot.Counts.Failed);
            return;
        }
        if (_pending.Count == MaxPending)
            _pending.Dequeue();
        _pending.Enqueue((position, snapshot.At, snapshot.Counts.SucceededTotal, snapshot.Counts.Failed));
        Settle(through, bucket);
    }

    public void Apply(JobEvent e, StreamPosition position, Action<DateTimeOffset, Action<TimeBucket>> bucket)
    {
        // Everything before this event is known by now, so that snapshots older than it can be settled first.
        Settle(new StreamPosition(position.Milliseconds, position.Sequence - 1), bucket);
        if (_succeeded < 0 || position <= _settled)
            return;
        _ownSucceeded += e.Kind == JobEventKinds.Succeeded ? 1 : 0;
        _ownSucceeded -= e.PreviousState == nameof(JobState.Succeeded) ? 1 : 0;
        _ownFailed += e.Kind is JobEventKinds.Failed or JobEventKinds.Quarantined ? 1 : 0;
        _ownFailed -= e.PreviousState == nameof(JobState.Failed) ? 1 : 0;
    }

    private void Settle(StreamPosition through, Action<DateTimeOffset, Action<TimeBucket>> bucket)
    {
        while (_pending.TryPeek(out var next) && next.Position <= through)
        {
            _pending.Dequeue();
            var succeeded = Math.Max(0, next.Succeeded - _succeeded - _ownSucceeded);
            var failed = Math.Max(0, next.Failed - _failed - _ownFailed);
            if (succeeded + failed > 0)
                bucket(next.At, one => (one.Succeeded, one.Failed) = (one.Succeeded + succeeded, one.Failed + failed));
            (_settled, _succeeded, _failed, _ownSucceeded, _ownFailed) = (next.Position, next.Succeeded, next.Failed, 0, 0);
        }
    }
}
