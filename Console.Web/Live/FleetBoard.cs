using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>
/// What the whole console knows of the fleet. The pump feeds it, one call at a time or several at once; pages read
/// <see cref="LiveBoard{T}.Current"/>.
/// </summary>
public sealed class FleetBoard(TimeProvider time) : LiveBoard<FleetView>(FleetView.Empty, time)
{
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan HangfireSilentAfter = TimeSpan.FromSeconds(90);
    private readonly Lock _gate = new();
    private readonly FleetCounts _counts = new();
    private readonly Timeline _seconds = new(TimeSpan.FromSeconds(1), 1_000);
    private readonly Timeline _minutes = new(TimeSpan.FromMinutes(1), 2 * 24 * 60);
    private readonly QueueRates _rates = new();
    private readonly TypeFailures _types = new();
    private readonly RunningJobs _running = new();
    private readonly RecentFailures _failures = new();
    private readonly ForeignJobs _foreign = new();
    private IReadOnlyList<WorkerRecord> _gone = [];
    private Dictionary<string, List<WorkerRecord>> _serving = [];
    private FleetTotals _totals = new();
    private StreamPosition _through;
    private IReadOnlyList<HourlyCount> _hours = [];
    private DateTimeOffset _knownSince = DateTimeOffset.MaxValue;
    private DateTimeOffset _eventsSince = DateTimeOffset.MaxValue;
    private DateTimeOffset _now;
    private long _drawnSecond;

    public JobNames Names { get; } = new();

    public void Apply(IReadOnlyList<JobEvent> events)
    {
        lock (_gate)
        {
            foreach (var e in events)
                Apply(e);
        }
    }

    /// <summary>Takes a snapshot as the authority. Events that it includes may come before it, after it or never.</summary>
    public void Apply(FleetSnapshot snapshot)
    {
        lock (_gate)
        {
            _now = snapshot.At;
            _knownSince = _knownSince < snapshot.At ? _knownSince : snapshot.At;
            _counts.Reset(snapshot);
            _foreign.Apply(snapshot, _through, Bucket);
            // Once per snapshot rather than once per view: a large fleet has many pairs of a queue and a worker.
            _serving = snapshot.Workers.Where(worker => worker.GoneAt is null)
                .SelectMany(worker => worker.Queues.Distinct(StringComparer.Ordinal).Select(queue => (queue, worker)))
                .GroupBy(pair => pair.queue, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Select(pair => pair.worker).ToList(), StringComparer.Ordinal);
            Sample(snapshot);
        }
    }

    /// <summary>Says that everything since then is in the events that follow. What was before is known by the hour at most.</summary>
    public void KnownSince(DateTimeOffset since)
    {
        lock (_gate)
        {
            _eventsSince = since < _eventsSince ? since : _eventsSince;
            _knownSince = since < _knownSince ? since : _knownSince;
            if (HourlyCounts.Spread(_hours, since, _minutes) is { } oldest && oldest < _knownSince)
                _knownSince = oldest;
            _hours = [];
        }
    }

    /// <summary>Takes the hour counters, for the time before the first event.</summary>
    public void ApplyHours(IReadOnlyList<HourlyCount> hours)
    {
        lock (_gate)
            _hours = hours;
    }

    public void ApplyRunning(IReadOnlyList<JobRecord> running, StreamPosition readAt)
    {
        lock (_gate)
            _running.Reset(running, readAt);
    }

    public void ApplyGone(IReadOnlyList<WorkerRecord> gone)
    {
        lock (_gate)
            _gone = gone;
    }

    public void ApplyFailed(IReadOnlyList<JobRecord> failed, DateTimeOffset readAt)
    {
        lock (_gate)
            _failures.Reset(failed, readAt);
    }

    /// <summary>Makes a new view and tells everyone.</summary>
    public void Publish()
    {
        lock (_gate)
            Publish(Draw());
    }

    private void Apply(JobEvent e)
    {
        var position = StreamPosition.Parse(e.Position);
        if (position <= _through)
            return;
        _through = position;
        _now = e.At > _now ? e.At : _now;
        _counts.Apply(e, position);
        _rates.Apply(e);
        _types.Apply(e);
        _running.Apply(e, position, Names);
        _failures.Apply(e, Names);
        _foreign.Apply(e, position, Bucket);
        var failed = TypeFailures.IsFailedAttempt(e.Kind);
        _totals = new FleetTotals(
            _totals.Events + 1,
            _totals.Succeeded + (e.Kind == JobEventKinds.Succeeded ? 1 : 0),
            _totals.FailedAttempts + (failed ? 1 : 0),
            _totals.Failed + (failed && e.Kind != JobEventKinds.Retrying ? 1 : 0));
        Bucket(e.At, bucket => Count(bucket, e, failed));
    }

    private static void Count(TimeBucket bucket, JobEvent e, bool failed)
    {
        bucket.Succeeded += e.Kind == JobEventKinds.Succeeded ? 1 : 0;
        bucket.Failed += failed ? 1 : 0;
        bucket.Enqueued += e.Kind == JobEventKinds.Enqueued ? 1 : 0;
        if (e.Kind != JobEventKinds.Processing)
            return;
        bucket.Started++;
        if (e.Number("wait") is { } wait)
            bucket.AddWait(wait);
    }

    private void Bucket(DateTimeOffset at, Action<TimeBucket> change)
    {
        if (_seconds.At(at) is { } second)
            change(second);
        if (_minutes.At(at) is { } minute)
            change(minute);
    }

    private void Sample(FleetSnapshot snapshot) => Bucket(snapshot.At, bucket =>
    {
        bucket.Samples++;
        bucket.BusySum += snapshot.Counts.Processing;
        bucket.SlotSum += snapshot.Workers.Sum(worker => worker.Slots);
    });

    private FleetView Draw()
    {
        var before = Current;
        var snapshot = _counts.Snapshot;
        var second = _now.ToUnixTimeSeconds();
        var isNewSecond = second != Interlocked.Exchange(ref _drawnSecond, second);
        var view = before with
        {
            IsReady = snapshot is not null,
            At = _now,
            Through = _through,
            IsQuiet = snapshot is not null && StreamPosition.Parse(snapshot.Position) == default,
            Totals = _totals,
            Counts = Enum.GetValues<JobState>().ToDictionary(state => state, _counts.Of),
            Workers = Workers(snapshot),
            Queues = Queues(),
            Gone = _gone,
            Running = _running.Longest(50),
            Failures = _failures.Newest(RecentFailures.Limit),
        };
        if (!isNewSecond && before.Ranges.Count > 0)
            return view;
        var spikes = _types.Spikes(_now).Select(spike => (spike, Names.Of(spike.Type))).ToList();
        return view with
        {
            Attention = AttentionRules.Of(view, spikes),
            Ranges = ViewRange.All.ToDictionary(range => range.Key, range => RangeDrawing.Draw(range, _seconds, _minutes, _now, _knownSince) with { Totals = _totals, EventsSince = _eventsSince }),
        };
    }

    /// <summary>Of the jobs that are known to run, the longest that fit.</summary>
    public IReadOnlyList<RunningJob> Running(Func<RunningJob, bool> which, int count)
    {
        lock (_gate)
            return [.. _running.Longest(RunningJobs.Limit).Where(which).Take(count)];
    }

    private List<WorkerView> Workers(FleetSnapshot? snapshot)
    {
        var busy = _running.BusyByWorker();
        return [.. (snapshot?.Workers ?? []).Where(worker => worker.GoneAt is null).OrderBy(worker => worker.Name, StringComparer.Ordinal)
            .Select(worker => new WorkerView(worker, Math.Min(worker.Slots, busy?.GetValueOrDefault(worker.Id) ?? worker.Busy), IsSilent(worker)))];
    }

    private bool IsSilent(WorkerRecord worker) =>
        worker.HeartbeatAt is { } beat && _now - beat > (worker.IsOurs ? SilentAfter : HangfireSilentAfter);

    private List<QueueView> Queues() => [.. _counts.Queues.OrderBy(queue => queue.Record.Name, StringComparer.Ordinal).Select(QueueOf)];

    private QueueView QueueOf(FleetCounts.QueueCount queue)
    {
        var name = queue.Record.Name;
        var (cameIn, wentOut) = _rates.PerMinute(name, _now);
        var serving = _serving.GetValueOrDefault(name) ?? [];
        return new QueueView
        {
            Name = name,
            Depth = queue.Depth,
            Throttled = queue.Throttled,
            Running = queue.Running,
            OldestAt = queue.Depth > 0 ? queue.Record.OldestAt : null,
            Pause = queue.Record.Pause,
            InPerMinute = cameIn,
            OutPerMinute = Math.Max(0, wentOut),
            Consumers = [.. serving.Select(worker => worker.Id)],
            HasHangfire = serving.Any(worker => !worker.IsOurs),
            MinutesBehind = queue.Depth < AttentionRules.FewestToFallBehind ? 0 : _rates.MinutesBehind(name, _now),
        };
    }
}
