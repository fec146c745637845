using System.Text.Json;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring.Listing;

/// <summary>
/// Finds awaiting jobs. Hangfire at compatibility level 180 keeps no list of them, so they are also looked for in the
/// continuations of listed jobs: at most 500 from each key, 2,000 in all, and then of what waits for those.
/// </summary>
internal sealed class AwaitingFinder(JobRedis redis, JobRows rows)
{
    private const int MaxPerKey = 500;
    private const int MaxParents = 2_000;
    private const int MaxListed = 5_000;

    public async Task<IdSource> FindAsync(IReadOnlyList<string> queues, CancellationToken cancel)
    {
        var keys = redis.Keys;
        var listed = await redis.RunAsync("ZREVRANGE " + keys.Awaiting, database => new IdSource("awaiting", keys.Awaiting, IdOrder.HighestFirst).ReadAsync(database, 0, MaxListed), cancel);
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var id in listed)
            found.TryAdd(id, found.Count);
        var parents = (await ParentsAsync(queues, cancel)).Concat(listed.Take(MaxPerKey)).Distinct().Take(MaxParents).ToList();
        while (parents.Count > 0 && found.Count < MaxListed)
        {
            var children = (await ChildrenAsync(parents, cancel)).Where(child => !found.ContainsKey(child)).Distinct().Take(MaxParents).ToList();
            var awaiting = (await rows.ReadAsync(children, cancel)).Where(row => row.State == JobState.Awaiting).Select(row => row.Id).ToList();
            foreach (var id in awaiting)
                found.TryAdd(id, found.Count);
            parents = awaiting;
        }
        return new FoundIds([.. found.OrderBy(entry => entry.Value).Select(entry => entry.Key)]);
    }

    private async Task<IEnumerable<string>> ParentsAsync(IReadOnlyList<string> queues, CancellationToken cancel)
    {
        var sources = IdSources.Newest(queues, redis.Keys).Where(source => source.Name is not ("succeeded" or "deleted" or "awaiting"));
        var ids = await redis.RunAsync("looking for parents", database => Task.WhenAll(sources.Select(source => source.ReadAsync(database, 0, MaxPerKey))), cancel);
        return ids.SelectMany(list => list);
    }

    private async Task<IEnumerable<string>> ChildrenAsync(List<string> parents, CancellationToken cancel)
    {
        var fields = await redis.RunAsync("HGET Continuations", database => Task.WhenAll(parents.Select(id => ContinuationsAsync(database, id))), cancel);
        return fields.SelectMany(field => JobContinuations.Read(field)).Select(link => link.Id);
    }

    private async Task<string?> ContinuationsAsync(IDatabase database, string id)
    {
        try
        {
            return await database.HashGetAsync(redis.Keys.Job(id), "Continuations");
        }
        catch (RedisServerException e) when (e.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private sealed record FoundIds(IReadOnlyList<string> Ids) : IdSource("awaiting", "awaiting jobs", IdOrder.HighestFirst)
    {
        public override Task<long> CountAsync(IDatabase database) => Task.FromResult((long)Ids.Count);

        public override Task<IReadOnlyList<string>> ReadAsync(IDatabase database, long offset, int count) =>
            Task.FromResult<IReadOnlyList<string>>([.. Ids.Skip((int)Math.Min(offset, Ids.Count)).Take(count)]);

        public override Task<long> FindAsync(IDatabase database, string lastId, string queue, long offset) =>
            Task.FromResult(Ids.Index().Where(entry => entry.Item == lastId).Select(entry => entry.Index + 1L).DefaultIfEmpty(offset).First());
    }
}
