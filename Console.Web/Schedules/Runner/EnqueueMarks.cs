using System.Threading.Channels;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Writes into the ledger what became of occurrences at the queue: whatever has come in since the last time, in one statement.</summary>
public sealed class EnqueueMarks(long epoch, RunnerStore store, TimeProvider time, ILogger log)
{
    private const int MaxRows = 1_000;
    private readonly Channel<EnqueuedRow> _rows = Channel.CreateUnbounded<EnqueuedRow>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Called with what has been written.</summary>
    public Action<IReadOnlyList<EnqueuedRow>>? Written { get; init; }

    public void Post(EnqueuedRow row) => _rows.Writer.TryWrite(row);

    public async Task RunAsync(CancellationToken cancel)
    {
        var rows = new List<EnqueuedRow>();
        while (await _rows.Reader.WaitToReadAsync(cancel))
        {
            while (rows.Count < MaxRows && _rows.Reader.TryRead(out var row))
                rows.Add(row);
            await WriteAsync(rows, cancel);
            Written?.Invoke(rows);
            rows = [];
        }
    }

    private async Task WriteAsync(List<EnqueuedRow> rows, CancellationToken cancel)
    {
        var backOff = new BackOff();
        while (true)
        {
            try
            {
                if (!await store.MarkEnqueuedAsync(epoch, rows, cancel))
                    throw new FencedException(epoch);
                return;
            }
            catch (Exception e) when (ConsoleDatabase.IsAway(e) && !cancel.IsCancellationRequested)
            {
                log.LogWarning("{Count} enqueued occurrences wait to be marked: {Error}", rows.Count, e.GetBaseException().Message);
                await backOff.WaitAsync(time, cancel);
                cancel.ThrowIfCancellationRequested();
            }
            catch (Exception e) when (e is not (FencedException or OperationCanceledException))
            {
                await WriteApartAsync(rows, e, cancel);
                return;
            }
        }
    }

    /// <summary>One of them is refused: halves find out which, and the others are written.</summary>
    private async Task WriteApartAsync(List<EnqueuedRow> rows, Exception refusal, CancellationToken cancel)
    {
        if (rows.Count == 1)
        {
            log.LogError(refusal, "Occurrence {Job} could not be marked; the sweep comes back to it.", rows[0].Id.JobId);
            return;
        }
        await WriteAsync(rows[..(rows.Count / 2)], cancel);
        await WriteAsync(rows[(rows.Count / 2)..], cancel);
    }
}
