using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// The backfills that are under way: which of their occurrences have a job, and which wait. What is pending may be made; what is buffered
/// waits until nothing of its backfill is under way.
/// </summary>
public sealed class Backfills
{
    /// <summary>Most occurrences that are on their way to the queue at once.</summary>
    private const int MostUnderWay = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Chain> _chains = [];

    /// <summary>Takes the open occurrences of one or more backfills, known or not.</summary>
    /// <param name="open">As they stand in the ledger.</param>
    /// <param name="isOnItsWay">Whether a job of this occurrence is being made.</param>
    public void Take(IEnumerable<Occurrence> open, Func<OccurrenceId, bool> isOnItsWay)
    {
        lock (_gate)
        {
            foreach (var occurrence in open.Where(occurrence => occurrence.Kind == OccurrenceKind.Backfill))
            {
                if (!_chains.TryGetValue(occurrence.Origin, out var chain))
                    _chains[occurrence.Origin] = chain = new Chain();
                chain.Take(occurrence, isOnItsWay);
            }
        }
    }

    public void Ended(IEnumerable<OccurrenceId> ids)
    {
        lock (_gate)
        {
            foreach (var id in ids)
            {
                if (!_chains.TryGetValue(id.Origin, out var chain))
                    continue;
                chain.UnderWay.Remove(id);
                if (chain.IsEmpty)
                    _chains.Remove(id.Origin);
            }
        }
    }

    /// <summary>Some of those that are not known to have ended.</summary>
    public IReadOnlyList<OccurrenceId> UnderWay(int limit)
    {
        lock (_gate)
            return [.. _chains.Values.SelectMany(chain => chain.UnderWay).Take(limit)];
    }

    /// <summary>Takes out what is to be made now.</summary>
    /// <param name="isOnItsWay">Whether a job of this occurrence is being made.</param>
    public IReadOnlyList<Occurrence> TakeNext(Func<OccurrenceId, bool> isOnItsWay)
    {
        lock (_gate)
        {
            if (_chains.Count == 0)
                return [];
            var room = MostUnderWay - _chains.Values.Sum(chain => chain.UnderWay.Count(isOnItsWay));
            var next = new List<Occurrence>();
            foreach (var chain in _chains.Values)
            {
                while (next.Count < room && chain.TakeNext() is { } occurrence)
                    next.Add(occurrence);
            }
            return next;
        }
    }

    /// <summary>Forgets everything: another term begins.</summary>
    public void Clear()
    {
        lock (_gate)
            _chains.Clear();
    }

    private sealed class Chain
    {
        private readonly SortedDictionary<DateTimeOffset, Occurrence> _pending = [];
        private readonly SortedDictionary<DateTimeOffset, Occurrence> _waiting = [];

        public HashSet<OccurrenceId> UnderWay { get; } = [];

        public bool IsEmpty => UnderWay.Count + _pending.Count + _waiting.Count == 0;

        public void Take(Occurrence occurrence, Func<OccurrenceId, bool> isOnItsWay)
        {
            var id = occurrence.Identity;
            if (occurrence.EnqueuedAt is not null || isOnItsWay(id))
            {
                UnderWay.Add(id);
                _pending.Remove(occurrence.NominalAt);
                _waiting.Remove(occurrence.NominalAt);
                return;
            }
            // Without a job and on nobody's way: there was no room for it, or its schedule could not be run.
            UnderWay.Remove(id);
            (occurrence.State == OccurrenceState.Buffered ? _waiting : _pending)[occurrence.NominalAt] = occurrence;
        }

        public Occurrence? TakeNext()
        {
            var from = _pending.Count > 0 ? _pending : UnderWay.Count == 0 ? _waiting : null;
            if (from is not { Count: > 0 })
                return null;
            var next = from.First().Value;
            from.Remove(next.NominalAt);
            UnderWay.Add(next.Identity);
            return next;
        }
    }
}
