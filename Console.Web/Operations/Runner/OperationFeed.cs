using System.Collections.Concurrent;
using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Operations.Runner;

/// <summary>Hands the ends of jobs, as they happen, to the operations that wait for them.</summary>
public sealed class OperationFeed : IJobEventListener
{
    private readonly ConcurrentDictionary<Guid, OutcomeWatch> _watches = new();

    /// <summary>Begins to listen for an operation.</summary>
    internal OutcomeWatch Open(Guid operation, DateTimeOffset madeAt) => _watches[operation] = new OutcomeWatch(madeAt);

    internal void Close(Guid operation) => _watches.TryRemove(operation, out _);

    public void Apply(IReadOnlyList<JobEvent> events)
    {
        if (_watches.IsEmpty)
            return;
        foreach (var e in events)
        {
            if (EndOf(e) is not { } end)
                continue;
            foreach (var (_, watch) in _watches)
                watch.Take(e.Subject, end, e.At);
        }
    }

    public void OnGap()
    {
        foreach (var (_, watch) in _watches)
            watch.MayMiss = true;
    }

    private static BulkItemState? EndOf(JobEvent e) => e.Kind switch
    {
        JobEventKinds.Succeeded => BulkItemState.Succeeded,
        JobEventKinds.Failed or JobEventKinds.Quarantined => BulkItemState.FailedAgain,
        JobEventKinds.Deleted => BulkItemState.Deleted,
        _ => null,
    };
}
