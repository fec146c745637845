using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.History;

/// <summary>Knows where workers run: from their own events, and from Redis for those that started before.</summary>
public sealed class WorkerPlaces(JobInspector inspector, TimeProvider time)
{
    private const int MaxKnown = 10_000;
    private const int MaxGone = 200;
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, WorkerPlace> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private long? _askedAt;

    /// <summary>Learns from the events, and asks Redis for workers that they name and nobody has told of.</summary>
    /// <exception cref="JobStorageException">Redis is away.</exception>
    public async Task LearnAsync(IReadOnlyList<JobEvent> events, CancellationToken cancel)
    {
        if (_known.Count > MaxKnown)
            _known.Clear();
        _missing.Clear();
        foreach (var e in events)
        {
            if (e.Kind is JobEventKinds.WorkerStarted or JobEventKinds.WorkerStopped or JobEventKinds.WorkerLost)
                Learn(e.Subject, new WorkerPlace(e.Text("host") ?? "", e.Text("version") ?? ""));
            else if (e.Worker.Length > 0 && JobFactsReader.IsEnd(e.Kind) && !_known.ContainsKey(e.Worker))
                _missing.Add(e.Worker);
        }
        if (_missing.Count > 0 && (_askedAt is not { } asked || time.GetElapsedTime(asked) >= AskAgain))
            await AskAsync(cancel);
    }

    /// <summary>What is known of a worker, else what its id says.</summary>
    public WorkerPlace Of(string worker) => _known.TryGetValue(worker, out var place) ? place : WorkerPlace.OfId(worker);

    private async Task AskAsync(CancellationToken cancel)
    {
        _askedAt = time.GetTimestamp();
        var gone = await inspector.GetGoneWorkersAsync(MaxGone, cancel);
        var here = (await inspector.GetSnapshotAsync(cancel)).Workers;
        foreach (var worker in gone.Concat(here))
            Learn(worker.Id, new WorkerPlace(worker.Host, worker.Version));
    }

    private void Learn(string worker, WorkerPlace place)
    {
        if (place.Host.Length > 0)
            _known[worker] = place;
    }
}
