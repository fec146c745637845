using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Reads many jobs in one pipelined round trip.</summary>
internal sealed class JobRows(JobRedis redis, JobCatalogue catalogue)
{
    private const int IdsPerCall = 100;
    private static readonly RedisScript Script = RedisScript.Load("jobs");

    /// <summary>One row for each id, in their order.</summary>
    public async Task<IReadOnlyList<JobRecord>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        if (ids.Count == 0)
            return [];
        var index = await catalogue.IndexAsync(cancel);
        return [.. (await ReadRawAsync(ids, cancel)).Select(raw => RowBuilder.Build(raw, index))];
    }

    public async Task<IReadOnlyList<RawJob>> ReadRawAsync(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        var calls = ids.Chunk(IdsPerCall).Select(chunk => CallAsync(chunk, cancel)).ToList();
        return [.. (await Task.WhenAll(calls)).SelectMany(rows => rows)];
    }

    private async Task<IEnumerable<RawJob>> CallAsync(string[] ids, CancellationToken cancel)
    {
        var reply = Reply.List(await redis.EvalAsync(Script, [.. ids.Select(id => (RedisValue)id)], cancel));
        return ids.Zip(reply, RawJob.Read);
    }
}
