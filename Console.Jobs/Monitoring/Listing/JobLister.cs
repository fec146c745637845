using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring.Listing;

/// <summary>Fills pages of jobs. A page that filters looks at no more than 5,000 ids and says so when it stopped there.</summary>
internal sealed class JobLister(JobRedis redis, JobRows rows)
{
    private const int MaxLimit = 500;
    private const int MaxScanned = 5_000;
    private const int MaxQueues = 500;

    public async Task<JobPage> ListAsync(JobListQuery query, CancellationToken cancel)
    {
        var limit = Math.Clamp(query.Limit, 1, MaxLimit);
        var most = Math.Clamp(query.MostScanned, 1, MaxScanned);
        var queues = await QueuesAsync(query.Queue, cancel);
        if (query.State is { } state)
        {
            IReadOnlyList<IdSource> sources = state == JobState.Awaiting ? [await new AwaitingFinder(redis, rows).FindAsync(queues, cancel)] : IdSources.Of(state, queues, redis.Keys);
            return await new SequentialPage(redis, rows, sources, new RowFilter(query)).FillAsync(PageCursor.Read(query.After), limit, most, cancel);
        }
        return await new MergedPage(redis, rows, IdSources.Newest(queues, redis.Keys, query.States), new RowFilter(query), query.EndedSince).FillAsync(PageCursor.Read(query.After), limit, most, cancel);
    }

    private async Task<IReadOnlyList<string>> QueuesAsync(string? only, CancellationToken cancel)
    {
        if (only is not null)
            return [only];
        var names = await redis.RunAsync("SRANDMEMBER " + redis.Keys.Queues, database => database.SetRandomMembersAsync(redis.Keys.Queues, MaxQueues), cancel);
        return [.. names.Select(name => (string)name!).Order(StringComparer.Ordinal)];
    }
}
