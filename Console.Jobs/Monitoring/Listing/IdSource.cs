using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring.Listing;

/// <summary>One Redis list or sorted set of job ids, read in the order that it is shown in.</summary>
/// <param name="Name">Name inside a cursor: the key without the prefix.</param>
/// <param name="Key">Key.</param>
/// <param name="Order">Which end is first.</param>
internal record IdSource(string Name, string Key, IdOrder Order)
{
    private const int SearchDepth = 20_000;

    /// <summary>Whether ids come in the order in which jobs came into their state, newest first.</summary>
    public bool IsNewestFirst => Order is IdOrder.HighestFirst or IdOrder.ListFromHead;

    /// <summary>Whether it lists jobs that have ended.</summary>
    public bool IsEnded => Name is "succeeded" or "failed" or "deleted" or "quarantine";

    private bool IsList => Order is IdOrder.ListFromHead or IdOrder.ListFromTail;

    public virtual Task<long> CountAsync(IDatabase database) => Guard(() => IsList ? database.ListLengthAsync(Key) : database.SortedSetLengthAsync(Key), 0);

    /// <summary>Ids from a place on; a member <c>queue:id</c> of the schedule is its id.</summary>
    public virtual async Task<IReadOnlyList<string>> ReadAsync(IDatabase database, long offset, int count)
    {
        var members = await Guard(() => Order switch
        {
            IdOrder.ListFromHead => database.ListRangeAsync(Key, offset, offset + count - 1),
            IdOrder.ListFromTail => FromTailAsync(database, offset, count),
            _ => database.SortedSetRangeByRankAsync(Key, offset, offset + count - 1, Order == IdOrder.LowestFirst ? StackExchange.Redis.Order.Ascending : StackExchange.Redis.Order.Descending),
        }, []);
        return [.. members.Select(member => IdOf(member!))];
    }

    /// <summary>Where to go on after a member that was the last one shown, when rows have come or gone since.</summary>
    public virtual Task<long> FindAsync(IDatabase database, string lastId, string queue, long offset) => Guard(async () =>
    {
        // What a worker has taken from the tail since has taken everything before it, too.
        if (IsList)
            return await PlaceInListAsync(database, lastId) is { } place ? place + 1 : Order == IdOrder.ListFromTail && offset < SearchDepth ? 0 : offset;
        var order = Order == IdOrder.LowestFirst ? StackExchange.Redis.Order.Ascending : StackExchange.Redis.Order.Descending;
        var rank = await database.SortedSetRankAsync(Key, lastId, order) ?? await database.SortedSetRankAsync(Key, $"{queue}:{lastId}", order);
        return rank is { } found ? found + 1 : offset;
    }, offset);

    private async Task<long?> PlaceInListAsync(IDatabase database, string id)
    {
        var reply = await database.ExecuteAsync("LPOS", (RedisKey)Key, id, "RANK", Order == IdOrder.ListFromTail ? "-1" : "1", "MAXLEN", SearchDepth);
        if (reply.IsNull)
            return null;
        return Order == IdOrder.ListFromTail ? await database.ListLengthAsync(Key) - 1 - (long)reply : (long)reply;
    }

    private async Task<RedisValue[]> FromTailAsync(IDatabase database, long offset, int count)
    {
        var range = await database.ListRangeAsync(Key, -offset - count, -offset - 1);
        Array.Reverse(range);
        return range;
    }

    private static string IdOf(string member) => member[(member.LastIndexOf(':') + 1)..];

    // A key of another type than the layout's holds no jobs; the rest of the page is still good.
    private static async Task<T> Guard<T>(Func<Task<T>> read, T otherwise)
    {
        try
        {
            return await read();
        }
        catch (RedisServerException e) when (e.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            return otherwise;
        }
    }
}

/// <summary>Which end of a key comes first.</summary>
internal enum IdOrder
{
    /// <summary>Newest pushed first.</summary>
    ListFromHead,
    /// <summary>Next to be taken first.</summary>
    ListFromTail,
    /// <summary>Smallest score first.</summary>
    LowestFirst,
    /// <summary>Greatest score first.</summary>
    HighestFirst,
}
