using Microsoft.Extensions.Options;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Keeps the ledger for as long as this process runs the schedules: takes in what happens to their jobs, lets go what waits, and looks
/// after limits of time. Everything that it knows stands in the database and in Redis, so another process can go on at any moment.
/// </summary>
public sealed class Ledger(
    OutcomeFeed feed, Settler settler, OpenCheck open, TimeLimits limits, Cancels cancels, SelfPause pause, Backfills backfills, Retention retention,
    RunnerStore store, TimeProvider time, ILogger<Ledger> log) : IRunnerPart
{
    private const int MaxNews = 1_000;
    private const int MaxRequested = 20_000;
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan NewsEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WaitsEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LimitsEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PausesEvery = TimeSpan.FromSeconds(5);
    // An event is rarely lost; what a Hangfire server does is seen only by looking.
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(30);
    private readonly HashSet<Guid> _requested = [];

    public async Task RunAsync(RunnerTerm term, CancellationToken cancel)
    {
        backfills.Clear();
        feed.Open(time.GetUtcNow() - LookBack);
        List<Task> all = [];
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            // Before anything is let go it must be known what has happened while nobody looked.
            await TryAsync("looking at open occurrences", () => open.RunAsync(term, isWhole: true, end.Token), end.Token, untilDone: true);
            all =
            [
                TakeNewsAsync(term, end.Token),
                EveryAsync(WaitsEvery, "letting go what waits", () => LetGoAsync(term, end.Token), end.Token),
                EveryAsync(LimitsEvery, "looking at deadlines and expiries", () => limits.CheckAsync(term, end.Token), end.Token),
                EveryAsync(PausesEvery, "ending pauses", () => EndPausesAsync(term, end.Token), end.Token),
                CheckAsync(term, end.Token),
                EveryAsync(Retention.Every, "removing old occurrences", () => retention.RunAsync(end.Token), end.Token),
            ];
            await await Task.WhenAny(all);
        }
        finally
        {
            await end.CancelAsync();
            feed.Close();
            await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void OnRequested(RunnerTerm term, Guid schedule)
    {
        lock (_requested)
            _requested.Add(schedule);
    }

    public void OnMarked(RunnerTerm term, IReadOnlyList<EnqueuedRow> rows)
    {
        foreach (var row in rows.Where(row => !row.IsOpen))
            feed.Look(row.Id);
    }

    private async Task TakeNewsAsync(RunnerTerm term, CancellationToken cancel)
    {
        while (await feed.WaitAsync(cancel))
        {
            // What a quick job does comes together, and is one write.
            await Task.Delay(NewsEvery, time, cancel);
            var news = feed.Take(MaxNews);
            await TryAsync("settling occurrences", () => settler.SettleAsync(term, news, cancel), cancel, untilDone: true);
        }
    }

    private async Task LetGoAsync(RunnerTerm term, CancellationToken cancel)
    {
        await TakeRequestedAsync(term, cancel);
        var waiting = await term.DoAsync(set =>
        {
            set.Waiting.RemoveWhere(id => !set.TryGet(id, out var entry) || entry.Waiting is not { Count: > 0 });
            return set.Waiting.ToList();
        }, cancel);
        if (waiting.Count > 0)
            await settler.ReleaseAsync(term, waiting, cancel);
        var next = backfills.TakeNext(term.Jobs.IsUnderWay);
        if (next.Count > 0)
            await term.DoAsync(set => Make(term, set, next), cancel);
        if (waiting.Count > 0)
            await cancels.RunAsync(term, cancel);
    }

    private async Task TakeRequestedAsync(RunnerTerm term, CancellationToken cancel)
    {
        List<Guid> requested;
        lock (_requested)
            requested = [.. _requested];
        if (requested.Count == 0)
            return;
        backfills.Take(await store.OpenOfAsync(requested, MaxRequested, cancel), term.Jobs.IsUnderWay);
        lock (_requested)
            _requested.ExceptWith(requested);
    }

    private static void Make(RunnerTerm term, RunnerSet set, IReadOnlyList<Occurrence> next)
    {
        foreach (var occurrence in next)
        {
            if (set.TryGet(occurrence.ScheduleId, out var entry) && entry.Plan is { } plan)
                term.Jobs.Post(new RunnerJob(occurrence, plan, IsPaced: true));
        }
    }

    private async Task CheckAsync(RunnerTerm term, CancellationToken cancel)
    {
        var checkedAt = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(LimitsEvery, time, cancel);
            var hasLost = feed.TakeLost();
            if (!hasLost && time.GetElapsedTime(checkedAt) < CheckEvery)
                continue;
            await TryAsync("looking at open occurrences", () => open.RunAsync(term, hasLost, cancel), cancel);
            checkedAt = time.GetTimestamp();
        }
    }

    private async Task EndPausesAsync(RunnerTerm term, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var ended = await term.DoAsync(set => set.All.Where(entry => entry.Pause?.Until <= now).Take(ScheduleLimits.Bulk).Select(entry => (entry.Id, entry.Plan?.Name ?? "")).ToList(), cancel);
        await pause.EndAsync(ended, cancel);
    }

    private async Task EveryAsync(TimeSpan every, string what, Func<Task> act, CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(every, time, cancel);
            await TryAsync(what, act, cancel);
        }
    }

    private async Task TryAsync(string what, Func<Task> act, CancellationToken cancel, bool untilDone = false)
    {
        var backOff = new BackOff();
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception e) when (e is JobStorageException || ConsoleDatabase.IsAway(e))
            {
                cancel.ThrowIfCancellationRequested();
                log.LogWarning("The ledger of the schedules waits ({What}): {Error}", what, e.GetBaseException().Message);
                if (!untilDone)
                    return;
                await backOff.WaitAsync(time, cancel);
                cancel.ThrowIfCancellationRequested();
            }
        }
    }
}
