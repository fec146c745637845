using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace OpsConsole.Jobs.Worker;

/// <summary>Slots, the jobs in them, and what has ended in them and is not known to Redis yet.</summary>
internal sealed class WorkerPool(PoolOptions pool, ILogger logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, RunningJob> _running = new(StringComparer.Ordinal);
    private readonly List<EndedJob> _ended = [];
    private readonly List<PoolBatch> _underWay = [];
    private readonly Lock _lock = new();
    private long _endedTotal;
    private int _givenBack;
    private int _reserved;
    private int _wakes;
    private bool _mayHaveMore = true;
    private bool _isStopping;

    public ILogger Logger => logger;

    public string Name => pool.Name;

    public int Slots => pool.Slots;

    public IReadOnlyList<string> Queues => pool.Queues;

    public int Busy => _running.Count;

    public long EndedTotal => Interlocked.Read(ref _endedTotal);

    /// <summary>Jobs that went back to their queue unfinished.</summary>
    public int GivenBack => Volatile.Read(ref _givenBack);

    public ICollection<RunningJob> Running => _running.Values;

    /// <summary>Set when there may be something to send or to ask for.</summary>
    public Signal Signal { get; } = new();

    /// <summary>True when nothing runs, nothing waits to be sent and no exchange is under way.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_lock)
                return _running.IsEmpty && _ended.Count == 0 && _underWay.Count == 0;
        }
    }

    /// <summary>A queue may have something new.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            _wakes++;
            _mayHaveMore = true;
        }
        Signal.Set();
    }

    /// <summary>Claims nothing more; what ends is still sent.</summary>
    public void StopClaiming()
    {
        lock (_lock)
            _isStopping = true;
    }

    public RunningJob? Find(string token) => _running.GetValueOrDefault(token);

    /// <summary>Ids and tokens of all that Redis holds for this pool: running, and ended but not confirmed.</summary>
    public IReadOnlyList<ClaimedJob> Held()
    {
        lock (_lock)
            return [.. _running.Values.Select(job => job.Claimed), .. _ended.Select(job => job.Job), .. _underWay.SelectMany(batch => batch.Ended).Select(job => job.Job)];
    }

    /// <summary>Ends an attempt; false when it had ended already, by its time limit or at shutdown.</summary>
    public bool End(RunningJob job, JobOutcome outcome)
    {
        var ended = new EndedJob(job.Claimed, job.EventName, outcome, (long)Stopwatch.GetElapsedTime(job.StartedAt).TotalMilliseconds);
        lock (_lock)
        {
            if (!_running.TryRemove(job.Claimed.Token, out _))
                return false;
            _ended.Add(ended);
        }
        Interlocked.Increment(ref _endedTotal);
        if (outcome is JobOutcome.GivenBack)
            Interlocked.Increment(ref _givenBack);
        if (!JobRow.IsOnThisThread(this))
            Signal.Set();
        return true;
    }

    /// <summary>What the next exchange should carry, or null when it is not worth one.</summary>
    public PoolBatch? Take(int maxBatches, int maxOutcomes, int maxWanted, Func<int, long> reserveTokens)
    {
        lock (_lock)
        {
            if (_underWay.Count >= maxBatches)
                return null;
            var wanted = _mayHaveMore && !_isStopping ? Math.Clamp(Slots - _running.Count - _reserved, 0, maxWanted) : 0;
            // A further exchange pays only when it carries a fair part of the slots; the first one is back in a moment anyway.
            var worth = _underWay.Count == 0 ? 1 : Math.Max(1, Slots / 4);
            if (_ended.Count < worth && wanted < worth)
                return null;
            var ended = _ended.GetRange(0, Math.Min(_ended.Count, maxOutcomes));
            _ended.RemoveRange(0, ended.Count);
            _reserved += wanted;
            var batch = new PoolBatch(ended, wanted, reserveTokens(wanted), _wakes);
            _underWay.Add(batch);
            return batch;
        }
    }

    /// <summary>Takes in what a batch has brought.</summary>
    public void Accept(PoolBatch batch, IReadOnlyList<RunningJob> jobs, IReadOnlyList<EndedJob> sendAgain)
    {
        lock (_lock)
        {
            _underWay.Remove(batch);
            _reserved -= batch.Wanted;
            foreach (var job in jobs)
                _running[job.Claimed.Token] = job;
            _ended.AddRange(sendAgain);
            // A wake-up that came after the batch was made may be for a job that it could not see.
            if (jobs.Count < batch.Wanted && batch.Wakes == _wakes)
                _mayHaveMore = false;
        }
    }

    /// <summary>Keeps the outcomes of a batch that got no answer, in front.</summary>
    public void Restore(PoolBatch batch)
    {
        lock (_lock)
        {
            _underWay.Remove(batch);
            _reserved -= batch.Wanted;
            _mayHaveMore = true;
            _ended.InsertRange(0, batch.Ended.Select(job => job with { WasSent = true }));
        }
    }

    public void Dispose() => Signal.Dispose();
}

/// <summary>What one exchange carries.</summary>
/// <param name="Ended">Outcomes.</param>
/// <param name="Wanted">Jobs asked for.</param>
/// <param name="FirstToken">Number of the first token that the claim may give out.</param>
/// <param name="Wakes">Wake-ups that had come before it was made.</param>
internal sealed record PoolBatch(List<EndedJob> Ended, int Wanted, long FirstToken, int Wakes);
