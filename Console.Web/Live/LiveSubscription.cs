namespace OpsConsole.Web.Live;

/// <summary>
/// One subscriber of a board. Signals that come while its callback runs, or within <see cref="Interval"/> of its last
/// start, melt into one: a slow viewer is told less often and never falls behind.
/// </summary>
public sealed class LiveSubscription : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(150);

    private readonly Func<Task> _changed;
    private readonly TimeProvider _time;
    private readonly Action<LiveSubscription> _left;
    private int _state;
    private long _signalledAt;
    private long _startedAt;
    private long _lastTookTicks;
    private long _deliveryTicks;
    private volatile bool _disposed;

    internal LiveSubscription(Func<Task> changed, TimeProvider time, Action<LiveSubscription> left)
    {
        _changed = changed;
        _time = time;
        _left = left;
        _startedAt = time.GetTimestamp() - (long)(Interval.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>From a signal to the end of the callback that answered it, smoothed.</summary>
    public TimeSpan Delivery => TimeSpan.FromTicks(Volatile.Read(ref _deliveryTicks));

    internal void Signal()
    {
        if (_disposed || Interlocked.Exchange(ref _state, Pending) != Idle)
            return;
        Volatile.Write(ref _signalledAt, _time.GetTimestamp());
        // Never on the caller's thread: a free renderer would draw the page right here, and the pump would wait for it.
        _ = Task.Run(RunAsync);
    }

    public void Dispose()
    {
        _disposed = true;
        _left(this);
    }

    private const int Idle = 0;
    private const int Working = 1;
    private const int Pending = 2;

    private async Task RunAsync()
    {
        do
        {
            await RestAsync();
            if (_disposed)
                return;
            Volatile.Write(ref _state, Working);
            var signalledAt = Volatile.Read(ref _signalledAt);
            _startedAt = _time.GetTimestamp();
            await DeliverAsync();
            _lastTookTicks = _time.GetElapsedTime(_startedAt).Ticks;
            Measure(_time.GetElapsedTime(signalledAt));
            Volatile.Write(ref _signalledAt, _time.GetTimestamp());
        }
        while (Interlocked.CompareExchange(ref _state, Idle, Working) != Working);
    }

    private async Task RestAsync()
    {
        // A viewer whose pages take long to draw gets fewer of them, so that it leaves time to the others; but one slow
        // drawing on a busy machine must not make the next one late as well.
        var interval = TimeSpan.FromTicks(Math.Clamp(_lastTookTicks * 3 / 2, Interval.Ticks, Longest.Ticks));
        var rest = interval - _time.GetElapsedTime(_startedAt);
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest, _time);
    }

    private async Task DeliverAsync()
    {
        try
        {
            await _changed();
        }
        catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException)
        {
            // The viewer left between the signal and the callback.
            Dispose();
        }
        catch
        {
            // A bug of the page, which its circuit reports; the next signal tries again.
            Volatile.Write(ref _state, Idle);
            throw;
        }
    }

    private void Measure(TimeSpan took)
    {
        var before = Volatile.Read(ref _deliveryTicks);
        Volatile.Write(ref _deliveryTicks, before == 0 ? took.Ticks : before + ((took.Ticks - before) / 8));
    }
}
