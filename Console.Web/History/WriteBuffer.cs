namespace OpsConsole.Web.History;

/// <summary>
/// What has been built and waits to be written, bounded by events and by memory. One side fills, the other takes all that one
/// transaction may hold.
/// </summary>
internal sealed class WriteBuffer
{
    public const int MaxEvents = 10_000;
    private const long MaxBytes = 24_000_000;
    private readonly Queue<BuiltEvents> _waiting = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = New();
    private int _events;
    private long _bytes;

    /// <summary>When the oldest that waits happened; null when nothing waits.</summary>
    public DateTimeOffset? OldestAt
    {
        get
        {
            lock (_gate)
                return _waiting.TryPeek(out var first) ? first.FirstAt : null;
        }
    }

    /// <summary>Adds; waits while it is full.</summary>
    public async Task AddAsync(BuiltEvents built, CancellationToken cancel)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_waiting.Count == 0 || _events + built.Events <= MaxEvents && _bytes + built.Bytes <= MaxBytes)
                {
                    _waiting.Enqueue(built);
                    _events += built.Events;
                    _bytes += built.Bytes;
                    Change();
                    return;
                }
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancel);
        }
    }

    /// <summary>Waits until there is something.</summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_waiting.Count > 0)
                    return;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancel);
        }
    }

    /// <summary>Waits until it is full enough for a transaction of its own, or the time is over.</summary>
    public async Task FillAsync(TimeSpan longest, TimeProvider time, CancellationToken cancel)
    {
        using var over = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancel);
        while (!either.IsCancellationRequested)
        {
            Task changed;
            lock (_gate)
            {
                if (_events >= MaxEvents / 2 || _bytes >= MaxBytes / 2)
                    return;
                changed = _changed.Task;
            }
            await changed.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Takes all up to the next gap: a gap stands before everything else in its transaction.</summary>
    public List<BuiltEvents> TakeAll()
    {
        lock (_gate)
        {
            var taken = new List<BuiltEvents>(_waiting.Count);
            while (_waiting.TryPeek(out var next) && (taken.Count == 0 || next.Gap is null))
            {
                taken.Add(_waiting.Dequeue());
                _events -= next.Events;
                _bytes -= next.Bytes;
            }
            Change();
            return taken;
        }
    }

    private void Change()
    {
        var changed = _changed;
        _changed = New();
        changed.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
