using OpsConsole.Data;
using OpsConsole.Data.History;
using OpsConsole.Data.History.Search;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Jobs.Search;

/// <summary>
/// Looks for jobs in Redis and for attempts in the history, and puts both into one list, newest first. A job whose end the history has
/// is listed as that attempt; what our hosts did not run is in Redis alone.
/// </summary>
public sealed class JobSearch(JobInspector inspector, AttemptSearch past, HistoryStore history, FleetBoard fleet, TimeProvider time)
{
    /// <summary>Ids that are looked at where the history answers too: those who wait for it should not wait for Redis.</summary>
    private const int ScannedBesidePast = 2_000;
    private static readonly TimeSpan PositionMargin = TimeSpan.FromSeconds(5);

    /// <summary>The rows of a query.</summary>
    public IJobRows RowsOf(JobQuery query) => new Found(this, query);

    /// <summary>One page.</summary>
    /// <exception cref="JobStorageException">Redis is away, and the history has no part in the answer.</exception>
    public async Task<SearchPage> PageAsync(JobQuery query, SearchCursor from, int limit, CancellationToken cancel = default)
    {
        var plan = SearchPlan.Of(query);
        if (!plan.Past) return await StandingAsync(query, plan, from, limit, cancel);
        var (attempts, known) = from.IsPastOver ? (null, null) : await PastAsync(query, from.Past, limit, cancel);
        var isHistoryAway = attempts is null && !from.IsPastOver;
        JobPage? jobs = null;
        var isRedisAway = false;
        var asked = LiveQuery(query, plan, from.Live, limit) with { MostScanned = ScannedBesidePast, EndedSince = isHistoryAway || HasForeignHosts ? null : known };
        try
        {
            if (plan.Live && from.Live is not null) jobs = await inspector.ListJobsAsync(asked, cancel);
        }
        catch (JobStorageException) when (attempts is not null)
        {
            isRedisAway = true;
        }
        var merged = new MergedRows(attempts, jobs, limit);
        var now = isRedisAway ? [] : await NowAsync(merged.Attempts, cancel);
        return new SearchPage
        {
            Plan = plan,
            Rows = [.. merged.Rows.Select(row => row.Past is { } one ? row.With(now.GetValueOrDefault(one.JobId)) : row)],
            Next = await NextAsync(from, merged, attempts, jobs, asked, cancel) is { IsEnd: false } next ? next : null,
            LiveTotal = jobs?.Total ?? 0,
            LiveScanned = jobs?.Scanned ?? 0,
            IsLiveCut = jobs?.ScanStopped ?? false,
            IsBounded = attempts?.IsBounded ?? false,
            SearchedBackTo = attempts?.SearchedBackTo,
            Problem = attempts?.Problem,
            IsHistoryAway = isHistoryAway,
            IsRedisAway = isRedisAway,
        };
    }

    /// <summary>What Redis knows now of these jobs; what it has forgotten is left out.</summary>
    public async Task<Dictionary<string, JobRecord>> NowAsync(IEnumerable<string> ids, CancellationToken cancel = default)
    {
        var wanted = ids.Distinct(StringComparer.Ordinal).ToList();
        var jobs = wanted.Count == 0 ? [] : await inspector.GetJobsAsync(wanted, cancel);
        return jobs.Where(IsThere).ToDictionary(job => job.Id, StringComparer.Ordinal);
    }

    private Task<Dictionary<string, JobRecord>> NowAsync(IEnumerable<AttemptSummary> attempts, CancellationToken cancel) => NowAsync(attempts.Select(attempt => attempt.JobId), cancel);

    // Hangfire's own hosts write no events: what they ran stays in the lists of Redis.
    private bool HasForeignHosts => fleet.Current.Queues.Any(queue => queue.HasHangfire);

    private async Task<SearchPage> StandingAsync(JobQuery query, SearchPlan plan, SearchCursor from, int limit, CancellationToken cancel)
    {
        if (!plan.Live || from.Live is null) return new SearchPage { Plan = plan };
        var page = await inspector.ListJobsAsync(LiveQuery(query, plan, from.Live, limit), cancel);
        return new SearchPage
        {
            Plan = plan,
            Rows = [.. page.Jobs.Select(JobRow.Of)],
            Next = page.Next is { } next ? new SearchCursor(next, null, true) : null,
            LiveTotal = page.Total,
            LiveScanned = page.Scanned,
            IsLiveCut = page.ScanStopped,
        };
    }

    /// <summary>A page of the history and up to when it is complete; null when the database is away.</summary>
    private async Task<(AttemptPage? Page, DateTimeOffset? Known)> PastAsync(JobQuery query, AttemptKey? before, int limit, CancellationToken cancel)
    {
        try
        {
            var page = await past.PageAsync(query, before, limit, cancel);
            return (page, (await history.GetStateAsync(cancel)).PositionAt - PositionMargin);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            return (null, null);
        }
    }

    private JobListQuery LiveQuery(JobQuery query, SearchPlan plan, string? after, int limit)
    {
        var workers = fleet.Current.Workers.ToDictionary(worker => worker.Record.Id, worker => worker.Record, StringComparer.Ordinal);
        var now = time.GetUtcNow();
        var queue = plan.OneState is null ? null : QueryEdit.ExactOf(query, QueryField.Queue);
        var listed = new ListedIn(plan.Listed, plan.OneState == JobState.Enqueued ? queue : null);
        return new JobListQuery
        {
            State = plan.OneState,
            States = plan.OneState is null ? plan.LiveStates : [],
            Where = query.Root is null ? null : job => query.Matches(new LiveFacts(job, listed, workers.GetValueOrDefault(job.Worker), now)),
            Queue = queue,
            After = string.IsNullOrEmpty(after) ? null : after,
            Limit = limit,
        };
    }

    /// <summary>Both places go on behind the last row that was taken from each.</summary>
    private async Task<SearchCursor> NextAsync(SearchCursor from, MergedRows merged, AttemptPage? attempts, JobPage? jobs, JobListQuery asked, CancellationToken cancel)
    {
        var live = jobs switch
        {
            null => null,
            _ when merged.LiveTaken == jobs.Jobs.Count => jobs.Next,
            _ when merged.LiveTaken == 0 => from.Live,
            _ => (await inspector.ListJobsAsync(asked with { Limit = merged.LiveTaken }, cancel)).Next,
        };
        if (attempts is null) return new(live, null, true);
        var isAll = merged.PastTaken == attempts.Rows.Count;
        var key = isAll ? attempts.Next : merged.PastTaken == 0 ? from.Past : attempts.Rows[merged.PastTaken - 1].Key;
        return new(live, key, isAll && attempts.Next is null);
    }

    private sealed class Found(JobSearch search, JobQuery query) : IJobRows
    {
        public Task<SearchPage> PageAsync(SearchCursor from, int limit, CancellationToken cancel) => search.PageAsync(query, from, limit, cancel);

        public Task<Dictionary<string, JobRecord>> NowAsync(IEnumerable<string> ids, CancellationToken cancel) => search.NowAsync(ids, cancel);
    }

    private static bool IsThere(JobRecord job) => job.StoredState.Length > 0 || job.Type.Length > 0;
}
