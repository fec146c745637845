using OpsConsole.Data;
using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Operations.Runner;

/// <summary>
/// Carries out one operation: turn by turn it writes down what has ended, changes its state when that is due, and acts on the next jobs.
/// All that it knows is in the database, so that it can be ended anywhere and goes on in another process.
/// </summary>
internal sealed class OperationRun(Guid id, long epoch, OperationPieces pieces)
{
    private const int MostEnds = 5_000;
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);
    private readonly Pace _pace = new(pieces.Time);
    private readonly OperationWindow _window = new(pieces.Control, pieces.Time);
    private readonly ReadAhead _ahead = new(id, pieces.Term);
    private OutcomeWatch? _watch;
    private OutcomeSweep? _sweep;
    private bool _saidTrouble;

    /// <summary>Runs until nothing is left to do.</summary>
    /// <exception cref="BulkFencedException">Another console has taken over.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (await TryTurnAsync(cancel) is { } rest)
            {
                if (rest > TimeSpan.Zero)
                    await Task.Delay(rest, pieces.Time, cancel);
            }
        }
        finally
        {
            pieces.Feed.Close(id);
        }
    }

    private async Task<TimeSpan?> TryTurnAsync(CancellationToken cancel)
    {
        try
        {
            var rest = await TurnAsync(cancel);
            if (_saidTrouble)
                await SayAsync(null, cancel);
            return rest;
        }
        catch (JobStorageException e)
        {
            await SayAsync(e.Message, cancel);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            // The page says by itself that the database is away.
            pieces.Log.LogWarning("Operation {Operation} waits for the database: {Error}", id, e.GetBaseException().Message);
        }
        catch (Exception e) when (e is not (OperationCanceledException or BulkFencedException))
        {
            // A bug must not keep the other operations from getting on.
            pieces.Log.LogError(e, "Operation {Operation} met an error.", id);
            await SayAsync("The console met an error, which its log describes: " + e.Message, cancel);
        }
        return AfterTrouble;
    }

    /// <summary>One turn.</summary>
    /// <returns>How long to rest after it; null when all is done.</returns>
    private async Task<TimeSpan?> TurnAsync(CancellationToken cancel)
    {
        if (await pieces.Store.GetAsync(id, cancel) is not { EndedAt: null } operation)
            return null;
        _watch ??= pieces.Feed.Open(id, operation.MadeAt);
        if (await FlushAsync(operation, cancel))
            operation = (await pieces.Store.GetAsync(id, cancel))!;
        if (BulkRules.Next(operation, pieces.Time.GetUtcNow()) is { } transition)
        {
            await WriteAsync(new BulkProgress(id) { Transition = transition }, cancel);
            return TimeSpan.Zero;
        }
        if (BulkRules.IsDone(operation, pieces.Time.GetUtcNow()))
        {
            Fence(await pieces.Term.EndAsync(epoch, id, cancel));
            return null;
        }
        return operation.State switch
        {
            BulkState.Preparing => await PrepareAsync(operation, cancel),
            BulkState.Running when operation.Cursor < operation.Total => await ActAsync(operation, cancel),
            _ => operation.UnderWay > 0 ? Busy : Idle,
        };
    }

    /// <summary>Looks at the next jobs, to leave out those that have moved on.</summary>
    private async Task<TimeSpan> PrepareAsync(BulkOperation operation, CancellationToken cancel)
    {
        var items = await pieces.Term.UnmarkedAsync(id, operation.Checked, null, MostEnds, cancel);
        var standing = await pieces.Control.GetStandingAsync([.. items.Select(item => item.JobId)], cancel);
        var marks = items.Zip(standing, (item, found) => LeftOutRule.Of(found, operation.MadeAt) is { } why ? new BulkMark(item.Number, why) : null).OfType<BulkMark>().ToList();
        await WriteAsync(new BulkProgress(id) { Marks = marks, Checked = items.Count < MostEnds ? operation.Total : items[^1].Number }, cancel);
        return TimeSpan.Zero;
    }

    private async Task<TimeSpan> ActAsync(BulkOperation operation, CancellationToken cancel)
    {
        var most = Math.Min(OperationWindow.Most, BulkRules.LeftInStep(operation));
        if (most == 0)
            return Busy;
        var (count, wait) = _pace.Take(operation.Draft.PerMinute, most);
        if (count == 0)
            return wait < Busy ? wait : Busy;
        var items = await _ahead.TakeAsync(operation.Cursor, count, cancel);
        // The next ones are read while Redis moves these.
        if (items.Count == count && count == most)
            _ahead.Begin(items[^1].Number, most, cancel);
        foreach (var item in items)
            _watch!.Add(item);
        var leftOut = await _window.RunAsync(operation, items, cancel);
        if (leftOut.Count > 0)
        {
            var numbers = leftOut.Select(mark => mark.Number).ToHashSet();
            foreach (var item in items.Where(item => numbers.Contains(item.Number)))
                _watch!.Remove(item);
        }
        await WriteAsync(new BulkProgress(id)
        {
            Marks = leftOut,
            Cursor = items.Count < count ? operation.Total : items[^1].Number,
            Done = items.Count - leftOut.Count,
            ActedAt = items.Count > leftOut.Count ? pieces.Time.GetUtcNow() : null,
        }, cancel);
        return TimeSpan.Zero;
    }

    /// <summary>Writes down what has ended since the last turn, as told by events or found by a look.</summary>
    private async Task<bool> FlushAsync(BulkOperation operation, CancellationToken cancel)
    {
        if (!operation.IsRetry)
            return false;
        _sweep ??= new OutcomeSweep(id, _watch!, pieces);
        if (operation.Done == 0)
            _sweep.Rest();
        var ends = _watch!.Drain(MostEnds, operation.Cursor);
        if (ends.Count == 0 && operation.UnderWay > 0)
            ends = await _sweep.LookAsync(operation, cancel);
        if (ends.Count == 0)
            return false;
        await WriteAsync(new BulkProgress(id) { Marks = ends, Recent = BulkRules.Recent(operation, ends), StateAt = operation.StateAt }, cancel);
        return true;
    }

    private async Task WriteAsync(BulkProgress progress, CancellationToken cancel) => Fence(await pieces.Term.WriteAsync(epoch, progress, cancel));

    private async Task SayAsync(string? trouble, CancellationToken cancel)
    {
        if (trouble is not null)
            pieces.Log.LogWarning("Operation {Operation} does not get on: {Trouble}", id, trouble);
        try
        {
            Fence(await pieces.Term.SayAsync(epoch, id, trouble, cancel));
            _saidTrouble = trouble is not null;
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            pieces.Log.LogWarning("That could not be written down: {Error}", e.GetBaseException().Message);
        }
    }

    private void Fence(bool isOurs)
    {
        if (!isOurs)
            throw new BulkFencedException($"Another console has taken over operation {id}.");
    }
}
