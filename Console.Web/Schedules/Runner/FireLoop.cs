using OpsConsole.Data;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Waits for the next due moment and fires it: the only one that touches the entries. It waits by the clock on the wall, in steps of a
/// second at most, so that a step of that clock is noticed; the database is not asked on the way.
/// </summary>
public sealed class FireLoop(RunnerTerm term, FireBatch batch, EnqueueStage jobs, TimeProvider time, ILogger log)
{
    private const int MaxBatch = 500;
    private const int MaxBacklog = 50_000;
    private const int CursorsEvery = 8;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly BackOff _backOff = new();
    private Task<bool>? _turn;
    private int _busyTurns;

    /// <summary>Brings the entries to what is stored, after the database was away.</summary>
    public required Func<CancellationToken, Task> Refresh { get; init; }

    public async Task RunAsync(CancellationToken cancel)
    {
        Task? refresh = null;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            term.Tick(time.GetUtcNow());
            term.TakeTurns();
            try
            {
                if (refresh is { IsCompleted: true })
                    await Taken(ref refresh);
                if (refresh is not null || !await WorkAsync(cancel))
                    await WaitAsync(refresh, cancel);
                else
                    _backOff.Reset();
            }
            catch (Exception e) when (ConsoleDatabase.IsAway(e) && !cancel.IsCancellationRequested)
            {
                log.LogWarning("Schedules wait for PostgreSQL: {Error} Trying again in {Delay}.", e.GetBaseException().Message, _backOff.Next);
                await _backOff.WaitAsync(time, cancel);
                // It may have changed while it was out of sight. The answer comes in a turn of this loop, so it must not be waited for here.
                refresh = Refresh(cancel);
            }
            catch (Exception e) when (e is not (OperationCanceledException or FencedException))
            {
                log.LogError(e, "The fire loop met an error; it goes on in {Delay}.", _backOff.Next);
                await _backOff.WaitAsync(time, cancel);
            }
        }
    }

    private static Task Taken(ref Task? refresh)
    {
        var done = refresh!;
        refresh = null;
        return done;
    }

    private async Task<bool> WorkAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        batch.ComeBack(now);
        if (jobs.Backlog >= MaxBacklog)
            return false;
        var due = term.Set.TakeDue(now, MaxBatch);
        if (due.Count > 0)
            await batch.FireAsync(due, now, cancel);
        // While nothing is due; and now and then when always something is.
        if (due.Count > 0 && ++_busyTurns % CursorsEvery != 0)
            return true;
        return await batch.WriteCursorsAsync(cancel) || due.Count > 0;
    }

    private async Task WaitAsync(Task? refresh, CancellationToken cancel)
    {
        var wait = LongestWait;
        if (refresh is null && jobs.Backlog < MaxBacklog && term.Set.NextDueAt - time.GetUtcNow() is { } untilDue && untilDue < wait)
            wait = untilDue;
        // Timers count whole milliseconds; rounded down, the loop would spin through the last one.
        wait = TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.TotalMilliseconds)));
        _turn ??= term.WaitForTurnAsync(cancel).AsTask();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var delay = Task.Delay(wait, time, enough.Token);
        await Task.WhenAny(_turn, delay, refresh ?? delay);
        if (_turn.IsCompleted)
            _turn = null;
        await enough.CancelAsync();
    }
}
