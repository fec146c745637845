using OpsConsole.Data;
using OpsConsole.Data.Operations;

namespace OpsConsole.Web.Operations.Runner;

/// <summary>One term under the lease: renews it, takes up every operation that is not over, and removes those that are old.</summary>
internal sealed class OperationTerm(long epoch, OperationPieces pieces, OperationOptions options)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AwayPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CleanEvery = TimeSpan.FromMinutes(10);
    private readonly Dictionary<Guid, Task> _runs = [];
    private long? _cleanedAt;

    public async Task RunAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var lease = RenewAsync(end.Token);
        var work = LookAsync(end.Token);
        try
        {
            await await Task.WhenAny(lease, work);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll([lease, work, .. _runs.Values]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RenewAsync(CancellationToken cancel)
    {
        var renewedAt = pieces.Time.GetTimestamp();
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(options.LeaseSeconds / 3.0), pieces.Time, cancel);
            var asked = pieces.Time.GetTimestamp();
            try
            {
                if (!await pieces.Term.RenewAsync(epoch, options.LeaseSeconds, cancel))
                    throw new BulkFencedException("Another console holds the lease.");
                renewedAt = asked;
            }
            catch (Exception e) when (ConsoleDatabase.IsAway(e) && pieces.Time.GetElapsedTime(renewedAt).TotalSeconds < options.LeaseSeconds)
            {
                pieces.Log.LogWarning("The lease of the mass operations was not renewed: {Error}", e.GetBaseException().Message);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await TakeUpAsync(cancel);
                await Task.Delay(LookEvery, pieces.Time, cancel);
            }
            catch (Exception e) when (ConsoleDatabase.IsAway(e))
            {
                await Task.Delay(AwayPause, pieces.Time, cancel);
            }
        }
    }

    private async Task TakeUpAsync(CancellationToken cancel)
    {
        foreach (var (id, run) in _runs.Where(run => run.Value.IsCompleted).ToList())
        {
            _runs.Remove(id);
            // What ended it is told to the term, which begins anew.
            await run;
        }
        foreach (var operation in await pieces.Store.OpenAsync(cancel))
        {
            if (!_runs.ContainsKey(operation.Id))
                _runs[operation.Id] = Task.Run(() => new OperationRun(operation.Id, epoch, pieces).RunAsync(cancel), cancel);
        }
        if (_cleanedAt is { } at && pieces.Time.GetElapsedTime(at) < CleanEvery)
            return;
        while (await pieces.Term.RemoveAsync(pieces.Time.GetUtcNow().AddDays(-options.KeepDays), cancel) > 0)
        {
            // One after the other: each is a transaction of its own.
        }
        _cleanedAt = pieces.Time.GetTimestamp();
    }
}
