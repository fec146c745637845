namespace OpsConsole.Jobs.Upkeep;

/// <summary>What looked wrong, until it is time for a second look.</summary>
/// <param name="time">Clock.</param>
/// <param name="grace">Time until then, by kind.</param>
internal sealed class Suspects(TimeProvider time, Func<string, TimeSpan> grace)
{
    // More than that are a disaster, which is put right bit by bit: the next round finds the others.
    private const int Most = 2_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<Suspect, DateTimeOffset> _since = [];

    /// <summary>How often something has looked wrong so far.</summary>
    public long Added { get; private set; }

    /// <summary>Remembers it, since now unless it is known.</summary>
    public void Add(Suspect suspect)
    {
        lock (_gate)
        {
            Added++;
            if (_since.Count < Most)
                _since.TryAdd(suspect, time.GetUtcNow());
        }
    }

    /// <summary>Takes out those whose second look is due, with the time since the first.</summary>
    public IReadOnlyList<(Suspect Suspect, TimeSpan Age)> TakeDue(int most)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var due = _since.Where(one => now - one.Value >= grace(one.Key.Kind)).Take(most).Select(one => (one.Key, now - one.Value)).ToList();
            foreach (var (suspect, _) in due)
                _since.Remove(suspect);
            return due;
        }
    }
}
