using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// The only writer of what became of jobs. It reads the rows, sees what the news make of them, and writes that; so news may come twice,
/// late, or from different sources, and a crash between any two steps is repaired by the same news or by a look into Redis.
/// </summary>
public sealed class Settler(RunnerStore store, SelfPause pause, Backfills backfills, TimeProvider time) : IDisposable
{
    public const string DeadlineMissed = "Its job had not ended by its deadline.";

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Takes at most a few thousand news at once.</summary>
    /// <exception cref="FencedException">The term is over.</exception>
    public async Task SettleAsync(RunnerTerm term, IReadOnlyCollection<JobNews> news, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            var byId = news.ToLookup(one => one.Id);
            var rows = await store.FindAsync([.. byId.Select(same => same.Key)], cancel);
            var settled = rows.Select(row => Settlement.Of(row, byId[row.Identity])).OfType<Settlement>().ToList();
            if (settled.Count > 0)
                await WriteAsync(term, settled, cancel);
            var ended = settled.Where(one => !one.After.IsOpen).Select(one => one.Before.Identity).Concat(rows.Where(row => !row.IsOpen).Select(row => row.Identity));
            await ReleaseAsync(term, [.. ended], [.. settled.Where(one => one.IsReopened)], cancel);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Lets go what waits for nothing any more in these schedules.</summary>
    public async Task ReleaseAsync(RunnerTerm term, IReadOnlyCollection<Guid> schedules, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var dropped = await term.DoAsync(set => schedules.SelectMany(id => set.TryGet(id, out var entry) ? Waits.Release(term, entry, now) : []).ToList(), cancel);
        if (dropped.Count > 0)
            Fence(term, await store.MarkEnqueuedAsync(term.Epoch, dropped, cancel));
    }

    public void Dispose() => _gate.Dispose();

    private async Task WriteAsync(RunnerTerm term, List<Settlement> settled, CancellationToken cancel)
    {
        var (rows, failed) = await term.DoAsync(set => OutcomeCount.Of(set, settled), cancel);
        var late = settled.Where(one => one.IsTooLate).Select(one => one.Before.Identity).ToList();
        if (late.Count > 0)
            Fence(term, await store.MarkDeadlinesMissedAsync(term.Epoch, late, DeadlineMissed, cancel));
        // First the pause and then the row: a crash in between settles the row again, and finds the schedule paused.
        foreach (var schedule in failed)
            await pause.PauseAsync(schedule, cancel);
        Fence(term, await store.SettleAsync(term.Epoch, rows, cancel));
        await term.DoAsync(set => Remember(set, rows), cancel);
    }

    private async Task ReleaseAsync(RunnerTerm term, IReadOnlyCollection<OccurrenceId> ended, IReadOnlyCollection<Settlement> reopened, CancellationToken cancel)
    {
        if (ended.Count + reopened.Count == 0)
            return;
        backfills.Ended(ended);
        await term.DoAsync(set => Book(set, ended, reopened), cancel);
        await ReleaseAsync(term, [.. ended.Select(id => id.ScheduleId).Distinct()], cancel);
    }

    private static void Remember(RunnerSet set, IEnumerable<SettledRow> rows)
    {
        foreach (var row in rows)
        {
            if (set.TryGet(row.Id.ScheduleId, out var entry))
                entry.FailuresInRow = row.FailuresInRow;
        }
    }

    private static void Book(RunnerSet set, IEnumerable<OccurrenceId> ended, IEnumerable<Settlement> reopened)
    {
        foreach (var id in ended)
        {
            if (set.TryGet(id.ScheduleId, out var entry))
                entry.Unfinished?.Remove(id);
        }
        foreach (var one in reopened)
        {
            if (one.Before.Kind != OccurrenceKind.Backfill && set.TryGet(one.Before.ScheduleId, out var entry))
                entry.Begin(one.Before.Identity);
        }
    }

    private static void Fence(RunnerTerm term, bool isWritten)
    {
        if (!isWritten)
            throw new FencedException(term.Epoch);
    }
}
