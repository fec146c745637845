using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Upkeep;

/// <summary>Looks through the queues, and remembers which ids wait in any of them.</summary>
internal sealed class QueueWalk(JobRedis redis, SweepSteps steps, Suspects suspects, SweepSize size)
{
    private const int EntriesPerStep = 500;
    private static readonly RedisScript s_queue = RedisScript.Load("sweep-queue");

    private bool _isSure;

    /// <returns>Ids that wait, and the time of Redis before the first of them was read, in ms; 0 when some may have been passed over.</returns>
    public async Task<(IdFilter Ids, long Since)> WalkAsync(CancellationToken cancel)
    {
        _isSure = true;
        var since = await steps.WalkAsync("queues", null, cancel);
        var queues = await QueuesAsync(cancel);
        var ids = new IdFilter(await SizeAsync(queues, cancel), (ulong)Random.Shared.NextInt64());
        foreach (var queue in queues)
        {
            await steps.WalkAsync($"queue:{queue}:dequeued", null, cancel);
            await steps.WalkAsync("ops:throttled:" + queue, page => AddOld(ids, page), cancel);
            string? last = null;
            if (await LengthAsync(queue, cancel) > size.LongQueue)
                await WalkLongAsync(queue, page => last = AddPage(ids, page, last), cancel);
            else
                await steps.WalkAsync("queue:" + queue, page => last = AddPage(ids, page, last), cancel);
        }
        return (ids, _isSure ? since : 0);
    }

    private async Task WalkLongAsync(string queue, Action<IReadOnlyList<string>> take, CancellationToken cancel)
    {
        for (var from = "0"; from.Length > 0;)
        {
            var reply = await steps.StepAsync(s_queue, [queue, from, EntriesPerStep], cancel);
            take(Reply.Texts(reply[1]));
            steps.Note(Reply.Texts(reply[2]), _ => true);
            from = Reply.Text(reply[0]);
        }
    }

    // New jobs push the others along, so that a page may begin with what the last one held: it is new from where that ended.
    private string? AddPage(IdFilter ids, IReadOnlyList<string> page, string? last)
    {
        var old = last is null ? 0 : page.TakeWhile(id => id != last).Count() + 1;
        // Somebody has taken entries out of the middle, so that those behind them have moved to where this has looked already.
        _isSure &= old <= page.Count || page.Count == 0;
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

    private Task<long> LengthAsync(string queue, CancellationToken cancel) =>
        redis.RunAsync("reading the length of a queue", database => LengthAsync(database.ListLengthAsync(redis.Keys.Queue(queue))), cancel);

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
