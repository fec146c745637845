using System.Diagnostics.CodeAnalysis;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>All schedules of a term by id, and those that have a next moment as a heap by when it is due.</summary>
public sealed class RunnerSet
{
    private readonly Dictionary<Guid, RunnerEntry> _entries = [];
    private readonly List<RunnerEntry> _heap = [];

    public int Count => _entries.Count;

    /// <summary>Schedules that have a next moment.</summary>
    public int Planned => _heap.Count;

    public IReadOnlyCollection<RunnerEntry> All => _entries.Values;

    /// <summary>Schedules of which an occurrence waits, or did lately.</summary>
    public HashSet<Guid> Waiting { get; } = [];

    /// <summary>When the next moment of any schedule is due.</summary>
    public DateTimeOffset? NextDueAt => _heap.Count > 0 ? DueAt(_heap[0]) : null;

    public bool TryGet(Guid id, [MaybeNullWhen(false)] out RunnerEntry entry) => _entries.TryGetValue(id, out entry);

    /// <summary>Takes a new or changed entry, and puts it where its next moment belongs.</summary>
    public void Put(RunnerEntry entry)
    {
        _entries[entry.Id] = entry;
        if (entry.Next is null || entry.Plan is null)
            Leave(entry);
        else if (entry.HeapPlace < 0)
        {
            entry.HeapPlace = _heap.Count;
            _heap.Add(entry);
            Up(entry.HeapPlace);
        }
        else
        {
            Up(entry.HeapPlace);
            Down(entry.HeapPlace);
        }
    }

    public bool Remove(Guid id)
    {
        if (!_entries.Remove(id, out var entry))
            return false;
        Leave(entry);
        return true;
    }

    /// <summary>The occurrence waits until nothing of its schedule is in its way.</summary>
    public void Wait(RunnerEntry entry, Occurrence occurrence)
    {
        (entry.Waiting ??= new Queue<Occurrence>()).Enqueue(occurrence);
        Waiting.Add(entry.Id);
    }

    /// <summary>Takes those that are due out of the heap, the longest due first; each comes back through <see cref="Put"/>.</summary>
    public List<RunnerEntry> TakeDue(DateTimeOffset now, int limit)
    {
        var due = new List<RunnerEntry>();
        while (due.Count < limit && _heap.Count > 0 && DueAt(_heap[0]) <= now)
        {
            due.Add(_heap[0]);
            Leave(_heap[0]);
        }
        return due;
    }

    private void Leave(RunnerEntry entry)
    {
        var place = entry.HeapPlace;
        if (place < 0)
            return;
        entry.HeapPlace = -1;
        var last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (ReferenceEquals(last, entry))
            return;
        _heap[place] = last;
        last.HeapPlace = place;
        Up(place);
        Down(last.HeapPlace);
    }

    private void Up(int place)
    {
        while (place > 0 && DueAt(_heap[place]) < DueAt(_heap[(place - 1) / 2]))
        {
            Swap(place, (place - 1) / 2);
            place = (place - 1) / 2;
        }
    }

    private void Down(int place)
    {
        while (true)
        {
            var least = place;
            for (var child = 2 * place + 1; child <= 2 * place + 2 && child < _heap.Count; child++)
            {
                if (DueAt(_heap[child]) < DueAt(_heap[least]))
                    least = child;
            }
            if (least == place)
                return;
            Swap(place, least);
            place = least;
        }
    }

    private void Swap(int a, int b)
    {
        (_heap[a], _heap[b]) = (_heap[b], _heap[a]);
        _heap[a].HeapPlace = a;
        _heap[b].HeapPlace = b;
    }

    private static DateTimeOffset DueAt(RunnerEntry entry) => entry.Next!.Value.DueAt;
}
