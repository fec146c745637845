using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Looks up the jobs of all open occurrences in Redis, because an event can be lost, and because Hangfire's servers write none: so no
/// schedule waits for ever for a job that has ended. Also finds what waits and is in nobody's memory.
/// </summary>
public sealed class OpenCheck(RunnerStore store, JobInspector inspector, OutcomeFeed feed, Settler settler, Backfills backfills, TimeProvider time)
{
    private const int Page = 500;

    // In a round: slowly, a part of what may be very many; after a takeover or a loss at once.
    private const int PagesOfRound = 60;
    private const int PagesOfAll = 400;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    // Of what has just been enqueued the events are on their way.
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(10);
    private const int MaxHeld = 5_000;
    private static readonly TimeSpan LongHeld = TimeSpan.FromMinutes(1);
    private OccurrenceId? _after;

    /// <summary>Looks at everything that is open, or at so much that the next look has something left to go on with.</summary>
    /// <param name="isWhole">From the begin, and also at what is young: nothing is known of what has happened.</param>
    public async Task RunAsync(RunnerTerm term, bool isWhole, CancellationToken cancel)
    {
        if (isWhole)
            _after = null;
        // Should one of them have ended between two looks, nothing else would tell.
        foreach (var id in backfills.UnderWay(Page))
            feed.Look(id);
        await CheckHeldAsync(term, cancel);
        for (var pages = 0; pages < (isWhole ? PagesOfAll : PagesOfRound); pages++)
        {
            var open = await store.OpenAsync(_after, Page, cancel);
            await CheckAsync(term, open, isWhole, cancel);
            _after = open.Count == Page ? open[^1].Identity : null;
            if (_after is null)
                return;
            if (!isWhole)
                await Task.Delay(Rest, time, cancel);
        }
    }

    /// <summary>
    /// What memory holds as unfinished must be open in the ledger: an occurrence that was found pending, and had ended before its turn
    /// came, would keep others waiting for ever. News that say nothing make the settler look.
    /// </summary>
    private async Task CheckHeldAsync(RunnerTerm term, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var held = await term.DoAsync(set => set.All.SelectMany(entry => entry.Unfinished ?? []).Where(id => id.NominalAt < now - LongHeld).Take(MaxHeld).ToList(), cancel);
        foreach (var some in held.Chunk(Page))
            await settler.SettleAsync(term, [.. some.Select(id => new JobNews(id, JobNewsKind.Look, now))], cancel);
    }

    private async Task CheckAsync(RunnerTerm term, IReadOnlyList<Occurrence> open, bool isWhole, CancellationToken cancel)
    {
        var before = time.GetUtcNow() - Young;
        // Pending ones are made again by the sweep of the runner, under the same id.
        var due = open.Where(row => row.EnqueuedAt is { } at ? isWhole || at < before : row.State == OccurrenceState.Buffered && (isWhole || row.RecordedAt < before)).ToList();
        backfills.Take(open, term.Jobs.IsUnderWay);
        if (due.Count == 0)
            return;
        var jobs = await inspector.GetJobsAsync([.. due.Select(row => row.Identity.JobId)], cancel);
        var now = time.GetUtcNow();
        var pairs = due.Zip(jobs).ToList();
        await settler.SettleAsync(term, [.. pairs.Where(pair => pair.First.EnqueuedAt is not null).Select(pair => JobNews.Of(pair.First.Identity, pair.Second, now)).OfType<JobNews>()], cancel);
        var waiting = pairs.Where(pair => pair.First is { EnqueuedAt: null, Kind: OccurrenceKind.Planned }).ToList();
        if (waiting.Count > 0)
        {
            await term.DoAsync(set => waiting.ForEach(pair => Restore(term, set, pair.First, hasJob: !JobNews.IsGone(pair.Second))), cancel);
            waiting.ForEach(pair => feed.Look(pair.First.Identity));
        }
    }

    /// <summary>What waits belongs into the queue of its schedule; what has a job by now only lacks the mark, and gets it by being made again.</summary>
    private static void Restore(RunnerTerm term, RunnerSet set, Occurrence row, bool hasJob)
    {
        if (!set.TryGet(row.ScheduleId, out var entry) || entry.Plan is not { } plan || term.Jobs.IsUnderWay(row.Identity))
            return;
        var isWaiting = entry.Waiting?.Any(one => one.Identity == row.Identity) == true;
        if (hasJob)
        {
            if (isWaiting)
                entry.Waiting = new Queue<Occurrence>(entry.Waiting!.Where(one => one.Identity != row.Identity));
            entry.Begin(row.Identity);
            term.Jobs.Post(new RunnerJob(row, plan));
        }
        else if (!isWaiting)
        {
            entry.Unfinished?.Remove(row.Identity);
            entry.Waiting = new Queue<Occurrence>((entry.Waiting ?? []).Append(row).OrderBy(one => one.NominalAt));
        }
        set.Waiting.Add(row.ScheduleId);
    }
}
