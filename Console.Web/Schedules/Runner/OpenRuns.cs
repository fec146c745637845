using System.Runtime.CompilerServices;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Finds what is open in the ledger: at the start of a term everything, later what has no job and nobody at work on it. Backfills
/// are left to the part that paces them.
/// </summary>
public sealed class OpenRuns(RunnerStore store, EnqueueMarks marks, TimeProvider time)
{
    private const int Page = 5_000;
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SurelyLoaded = TimeSpan.FromMinutes(1);

    /// <summary>Reads into a set that nobody uses yet which jobs are unfinished and which occurrences wait, and has the pending ones made.</summary>
    public async Task FillAsync(RunnerTerm term, CancellationToken cancel)
    {
        await foreach (var page in PagesAsync(store.OpenAsync, cancel))
        {
            foreach (var occurrence in page)
                Take(term, occurrence);
        }
    }

    /// <summary>Has made what is pending and on nobody's way: its runner was stopped, or the answer of the database got lost.</summary>
    public async Task SweepAsync(RunnerTerm term, CancellationToken cancel)
    {
        var before = time.GetUtcNow() - Young;
        await foreach (var page in PagesAsync(store.UnmadeAsync, cancel))
            await term.DoAsync(_ => Post(term, page.Where(occurrence => occurrence.RecordedAt <= before || occurrence.Kind == OccurrenceKind.Manual)), cancel);
    }

    /// <summary>Has manual runs made that were asked for just now.</summary>
    public async Task TakeManualAsync(RunnerTerm term, IReadOnlyCollection<Guid> schedules, CancellationToken cancel)
    {
        var found = await store.ManualAsync(schedules, Page, cancel);
        if (found.Count > 0)
            await term.DoAsync(_ => Post(term, found), cancel);
    }

    private static async IAsyncEnumerable<IReadOnlyList<Occurrence>> PagesAsync(
        Func<OccurrenceId?, int, CancellationToken, Task<IReadOnlyList<Occurrence>>> read, [EnumeratorCancellation] CancellationToken cancel)
    {
        OccurrenceId? after = null;
        while (true)
        {
            var page = await read(after, Page, cancel);
            if (page.Count > 0)
                yield return page;
            if (page.Count < Page)
                yield break;
            after = page[^1].Identity;
        }
    }

    private void Take(RunnerTerm term, Occurrence occurrence)
    {
        if (occurrence.Kind != OccurrenceKind.Backfill && term.Set.TryGet(occurrence.ScheduleId, out var entry))
        {
            if (occurrence is { State: OccurrenceState.Buffered, EnqueuedAt: null })
                term.Set.Wait(entry, occurrence);
            else
                entry.Begin(occurrence.Identity);
        }
        if (occurrence.EnqueuedAt is null)
            Post(term, [occurrence]);
    }

    private void Post(RunnerTerm term, IEnumerable<Occurrence> occurrences)
    {
        foreach (var occurrence in occurrences)
        {
            if (!term.Set.TryGet(occurrence.ScheduleId, out var entry))
                Close(occurrence);
            else if (IsMine(occurrence) && entry.Plan is { } plan && !term.Jobs.IsUnderWay(occurrence.Identity))
            {
                entry.Begin(occurrence.Identity);
                term.Jobs.Post(new RunnerJob(occurrence, plan, IsPaced: plan.CatchUp.Mode == CatchUpMode.All && CatchUpRule.WasOverdue(plan, occurrence)));
            }
        }
    }

    /// <summary>Nobody makes the jobs of a deleted schedule. One that was made a moment ago may only not be in memory yet.</summary>
    private void Close(Occurrence occurrence)
    {
        if (occurrence.RecordedAt < time.GetUtcNow() - SurelyLoaded)
            marks.Post(new EnqueuedRow(occurrence.Identity, OccurrenceState.Skipped, null, "The schedule was deleted before the job was made.", IsOpen: false));
    }

    // What is buffered waits for a job to end; a backfill goes at its own pace.
    private static bool IsMine(Occurrence occurrence) =>
        occurrence is { Kind: not OccurrenceKind.Backfill, State: OccurrenceState.Pending or OccurrenceState.FailedToEnqueue };
}
