using System.Collections.Concurrent;
using OpsConsole.Data.Operations;

namespace OpsConsole.Web.Operations.Runner;

/// <summary>
/// The jobs of one operation that are under way, as far as they are held in memory, and the ends that were told of. What it misses is
/// found by looking the jobs up.
/// </summary>
internal sealed class OutcomeWatch(DateTimeOffset madeAt)
{
    /// <summary>Most jobs that are held; the ends of further ones are found by looking them up.</summary>
    public const int Most = 100_000;

    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<BulkMark> _ended = new();
    // The dictionary's own count takes all of its locks.
    private int _count;
    private volatile bool _mayMiss;

    /// <summary>Whether events may have been lost.</summary>
    public bool MayMiss
    {
        get => _mayMiss;
        set => _mayMiss = value;
    }

    public void Add(BulkItem item)
    {
        if (Volatile.Read(ref _count) < Most && _open.TryAdd(item.JobId, item.Number))
            Interlocked.Increment(ref _count);
    }

    public void Remove(BulkItem item) => TryRemove(item.JobId, out _);

    /// <summary>A job has ended. What ended before the operation was made is not its doing.</summary>
    public void Take(string jobId, BulkItemState end, DateTimeOffset at)
    {
        if (at > madeAt && TryRemove(jobId, out var number))
            _ended.Enqueue(new BulkMark(number, end));
    }

    /// <summary>Ends since the last call, in their order.</summary>
    /// <param name="through">Those of later items stay: it is not written down yet that these have been acted on.</param>
    public List<BulkMark> Drain(int most, int through)
    {
        var (marks, later) = (new List<BulkMark>(), new List<BulkMark>());
        while (marks.Count < most && _ended.TryDequeue(out var mark))
            (mark.Number <= through ? marks : later).Add(mark);
        later.ForEach(_ended.Enqueue);
        return marks;
    }

    private bool TryRemove(string jobId, out int number)
    {
        if (!_open.TryRemove(jobId, out number))
            return false;
        Interlocked.Decrement(ref _count);
        return true;
    }
}
