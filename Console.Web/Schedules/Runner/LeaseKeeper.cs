using OpsConsole.Data;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Renews the lease three times in its length, and says with it how the fire loop is. While PostgreSQL is away nothing can be written
/// under any epoch, so the term goes on and is found valid or over afterwards.
/// </summary>
public sealed class LeaseKeeper(RunnerTerm term, RunnerStore store, int leaseSeconds, TimeProvider time, ILogger log)
{
    /// <summary>Ends with <see cref="FencedException"/> when another process has taken over.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var every = TimeSpan.FromSeconds(leaseSeconds / 3d);
        while (true)
        {
            await Task.Delay(every, time, cancel);
            if (!await RenewAsync(cancel))
                throw new FencedException(term.Epoch);
        }
    }

    private async Task<bool> RenewAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(leaseSeconds));
        try
        {
            return await store.RenewAsync(term.Epoch, leaseSeconds, term.Set.Planned, term.TickedAt, limit.Token);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && (ConsoleDatabase.IsAway(e) || e is OperationCanceledException))
        {
            log.LogWarning("The lease of the schedule runner could not be renewed: {Error}", e.GetBaseException().Message);
            return true;
        }
    }
}
