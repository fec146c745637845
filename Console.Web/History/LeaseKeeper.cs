using OpsConsole.Data;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.History;

/// <summary>
/// Renews the lease three times in its length, and tells Redis with it how far the history is, so that nothing is trimmed before it is
/// stored. While PostgreSQL is away nobody can write under any epoch: the term goes on, and is found valid or over afterwards.
/// </summary>
internal sealed class LeaseKeeper(long epoch, HistoryStore store, JobEventReader reader, IngestProgress progress, int leaseSeconds, TimeProvider time, ILogger log)
{
    private readonly TimeSpan _every = TimeSpan.FromSeconds(leaseSeconds / 3d);

    /// <summary>Ends with <see cref="FencedException"/> when another process has taken over.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await SayStoredAsync(cancel);
            await Task.Delay(_every, time, cancel);
            if (!await RenewAsync(cancel))
                throw new FencedException(epoch);
        }
    }

    private async Task<bool> RenewAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(leaseSeconds));
        try
        {
            return await store.RenewAsync(epoch, leaseSeconds, (long)progress.Lag.TotalMilliseconds, limit.Token);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && (ConsoleDatabase.IsAway(e) || e is OperationCanceledException))
        {
            log.LogWarning("The lease of the history could not be renewed: {Error}", e.GetBaseException().Message);
            return true;
        }
    }

    private async Task SayStoredAsync(CancellationToken cancel)
    {
        try
        {
            await reader.SayStoredAsync(progress.Position, cancel);
        }
        catch (JobStorageException e)
        {
            log.LogDebug(e, "Redis was not told how far the history is.");
        }
    }
}
