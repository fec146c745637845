using OpsConsole.Bench.Circuits;

namespace OpsConsole.Bench.EventToPage;

/// <summary>A viewer that notes which event each drawing brought, and when it had come.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    private readonly List<(EventId Through, double AtMs)> _updates = [];
    private readonly Lock _gate = new();
    private Circuit? _circuit;
    private bool _notes;

    public Circuit Circuit => _circuit!;

    public static async Task<Watcher> OpenAsync(CircuitSession session, string path)
    {
        var watcher = new Watcher();
        watcher._circuit = await Circuit.OpenAsync(session, path, watcher.Look);
        return watcher;
    }

    public void Begin()
    {
        lock (_gate)
            _notes = true;
    }

    /// <summary>Null when the page shows no event, as all but the overview.</summary>
    public Sightings? End()
    {
        lock (_gate)
        {
            _notes = false;
            return _updates.Count > 1 ? new Sightings([.. _updates]) : null;
        }
    }

    public ValueTask DisposeAsync() => Circuit.DisposeAsync();

    private void Look(ReadOnlySpan<byte> batch)
    {
        lock (_gate)
        {
            if (_notes && EventMark.Find(batch) is { } through && (_updates.Count == 0 || through.CompareTo(_updates[^1].Through) > 0))
                _updates.Add((through, (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMilliseconds));
        }
    }
}
