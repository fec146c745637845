namespace OpsConsole.Bench.EventToPage;

/// <summary>What one viewer's page showed when: the newest event of each update, and the moment it was in the document.</summary>
internal sealed class Sightings(IReadOnlyList<(EventId Through, double AtMs)> updates)
{
    public int Count => updates.Count;

    public EventId First => updates[0].Through;

    public EventId Last => updates[^1].Through;

    /// <summary>For each event after the first update, how long it took until an update had it.</summary>
    public IEnumerable<double> DelaysOf(IReadOnlyList<EventId> events)
    {
        var update = 1;
        foreach (var e in events)
        {
            if (e.CompareTo(First) <= 0)
                continue;
            while (update < updates.Count && updates[update].Through.CompareTo(e) < 0)
                update++;
            if (update == updates.Count)
                yield break;
            yield return updates[update].AtMs - e.Milliseconds;
        }
    }
}
