using OpsConsole.Data;
using OpsConsole.Data.History;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.History;

/// <summary>Writes what waits, a transaction at a time, and tries again for as long as the database does not take it.</summary>
internal sealed class BatchWriter(HistoryStore store, WriteBuffer buffer, IngestProgress progress, TimeProvider time, ILogger log)
{
    // Few transactions, and yet far below what a person notices.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private bool _isFailing;

    /// <summary>Ends with <see cref="FencedException"/> when another process may write by now.</summary>
    public async Task RunAsync(long epoch, CancellationToken cancel)
    {
        while (true)
        {
            await buffer.WaitAsync(cancel);
            var since = time.GetTimestamp();
            var parts = buffer.TakeAll();
            progress.Writing(parts[0].FirstAt);
            await WriteAsync(epoch, Batches.Of(parts), cancel);
            progress.Stored(parts[^1].Position, buffer.OldestAt);
            if (Pace - time.GetElapsedTime(since) is { Ticks: > 0 } rest)
                await buffer.FillAsync(rest, time, cancel);
        }
    }

    private async Task WriteAsync(long epoch, HistoryBatch batch, CancellationToken cancel)
    {
        var backOff = new BackOff();
        while (true)
        {
            try
            {
                if (await store.WriteAsync(epoch, batch, cancel) == HistoryWrite.Fenced)
                    throw new FencedException(epoch);
                if (_isFailing)
                    log.LogInformation("The history is stored again, up to {Position}.", batch.Position);
                _isFailing = false;
                return;
            }
            catch (Exception e) when (e is not FencedException && !cancel.IsCancellationRequested)
            {
                Say(e, batch, backOff.Next);
            }
            await backOff.WaitAsync(time, cancel);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private void Say(Exception error, HistoryBatch batch, TimeSpan delay)
    {
        // That the database is away is said once; what it refuses, each time.
        if (!ConsoleDatabase.IsAway(error))
            log.LogError(error, "The {Events} events up to {Position} could not be stored. They wait and are tried again in {Delay}.", batch.Events, batch.Position, delay);
        else if (!_isFailing)
            log.LogWarning("The history waits for PostgreSQL at {Position}: {Error}", batch.Position, error.GetBaseException().Message);
        _isFailing = true;
    }
}
