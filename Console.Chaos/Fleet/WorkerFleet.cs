namespace OpsConsole.Chaos.Fleet;

/// <summary>So many workers, each in its place; one that dies is followed by another.</summary>
internal sealed class WorkerFleet(WorkerSettings settings, string logFolder) : IAsyncDisposable
{
    private readonly List<WorkerProcess> _workers = [];

    /// <summary>What each worker is told.</summary>
    public WorkerSettings Settings => settings;

    public IReadOnlyList<WorkerProcess> Workers => _workers;

    /// <summary>Starts workers without waiting for them.</summary>
    public void Start(int workers, IReadOnlyDictionary<string, string>? environment = null)
    {
        for (var i = 0; i < workers; i++)
            _workers.Add(WorkerProcess.Start(settings, logFolder, environment));
    }

    /// <summary>Starts another worker in the place of one that has ended or been killed.</summary>
    public async Task<WorkerProcess> ReplaceAsync(WorkerProcess worker)
    {
        var place = _workers.IndexOf(worker);
        await worker.DisposeAsync();
        return _workers[place] = WorkerProcess.Start(settings, logFolder, worker.Environment);
    }

    /// <summary>Does what the system around a worker does: starts it again when it ends, and kills it when it takes too much memory.</summary>
    /// <returns>How many workers had to be replaced.</returns>
    public async Task<int> SuperviseAsync(double mostMegabytes, CancellationToken cancel)
    {
        var replaced = 0;
        for (; !cancel.IsCancellationRequested; await Task.Delay(50, CancellationToken.None))
        {
            foreach (var worker in _workers.Where(worker => worker.HasEnded || worker.Megabytes > mostMegabytes).ToList())
            {
                await worker.KillAsync();
                await ReplaceAsync(worker);
                replaced++;
            }
        }
        return replaced;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_workers.Select(worker => worker.DisposeAsync().AsTask()));
}
