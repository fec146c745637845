using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Upkeep;

/// <summary>Looks through the queues, and remembers which ids wait in any of them.</summary>
internal sealed class QueueWalk(JobRedis redis, SweepSteps steps, Suspects suspects)
{
    /// <returns>Ids that wait, and the time of Redis before the first of them was read, in ms.</returns>
    public async Task<(IdFilter Ids, long Since)> WalkAsync(CancellationToken cancel)
    {
        var since = await steps.WalkAsync("queues", null, cancel);
        var queues = await QueuesAsync(cancel);
        var ids = new IdFilter(await SizeAsync(queues, cancel), (ulong)Random.Shared.NextInt64());
        foreach (var queue in queues)
        {
            await steps.WalkAsync($"queue:{queue}:dequeued", null, cancel);
            await steps.WalkAsync("ops:throttled:" + queue, page => AddOld(ids, page), cancel);
            string? last = null;
            await steps.WalkAsync("queue:" + queue, page => last = AddPage(ids, page, last), cancel);
        }
        return (ids, since);
    }

    // New jobs push the others along, so that a page may begin with what the last one held: it is new from where that ended.
    private string? AddPage(IdFilter ids, IReadOnlyList<string> page, string? last)
    {
        var old = last is null ? 0 : page.TakeWhile(id => id != last).Count() + 1;
        AddOld(ids, page.Take(old));
        for (var i = old; i < page.Count; i++)
        {
            if (!ids.Add(page[i]))
                suspects.Add(new Suspect("twice-queued", page[i], ""));
        }
        return old <= page.Count && page.Count > 0 ? page[^1] : last;
    }

    private static void AddOld(IdFilter ids, IEnumerable<string> page)
    {
        foreach (var id in page)
            ids.Add(id);
    }

    private Task<string[]> QueuesAsync(CancellationToken cancel) => redis.RunAsync("reading the names of queues", async database =>
        await database.KeyTypeAsync(redis.Keys.Queues) == StackExchange.Redis.RedisType.Set ? [.. (await database.SetMembersAsync(redis.Keys.Queues)).Select(queue => (string)queue!)] : Array.Empty<string>(), cancel);

    // A key of another type has no length; it is seen as such when it is walked through.
    private async Task<long> SizeAsync(string[] queues, CancellationToken cancel)
    {
        var sizes = await redis.RunAsync("reading lengths of queues", database => Task.WhenAll(queues.SelectMany(queue => (Task<long>[])
        [
            LengthAsync(database.ListLengthAsync(redis.Keys.Queue(queue))), LengthAsync(database.SortedSetLengthAsync(redis.Keys.Throttled(queue))),
        ])), cancel);
        return sizes.Sum() * 5 / 4;
    }

    private static async Task<long> LengthAsync(Task<long> length)
    {
        try
        {
            return await length;
        }
        catch (StackExchange.Redis.RedisServerException)
        {
            return 0;
        }
    }
}
