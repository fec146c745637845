namespace OpsConsole.Jobs.Worker;

/// <summary>Wakes one waiter; signals that come while nobody waits count as one.</summary>
internal sealed class Signal : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0);
    private int _isSet;

    public void Set()
    {
        if (Interlocked.Exchange(ref _isSet, 1) == 0)
            _semaphore.Release();
    }

    /// <summary>True when it was set, false when the time ran out first.</summary>
    public async ValueTask<bool> WaitAsync(TimeSpan limit, CancellationToken cancel)
    {
        var set = await _semaphore.WaitAsync(limit, cancel);
        if (set)
            Volatile.Write(ref _isSet, 0);
        return set;
    }

    public void Dispose() => _semaphore.Dispose();
}
