using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Chaos;

/// <summary>Every list of Redis that can hold a job's id, read while nothing moves.</summary>
internal sealed class Places
{
    private readonly Dictionary<string, List<string>> _placesOf = new(StringComparer.Ordinal);

    private Places()
    {
    }

    /// <summary>Ids that stand in any list.</summary>
    public IEnumerable<string> Ids => _placesOf.Keys;

    public static async Task<Places> ReadAsync(IDatabase database, RedisKeys keys)
    {
        var places = new Places();
        foreach (var queue in await database.SetMembersAsync(keys.Queues))
        {
            places.Add("queue", await database.ListRangeAsync(keys.Queue(queue!)));
            places.Add("queue", await database.SortedSetRangeByRankAsync(keys.Throttled(queue!)));
            places.Add("dequeued", await database.ListRangeAsync(keys.Dequeued(queue!)));
        }
        places.Add("schedule", (await database.SortedSetRangeByRankAsync(keys.Schedule)).Select(member => (RedisValue)((string)member!).Split(':')[^1]));
        places.Add("processing", await database.SortedSetRangeByRankAsync(keys.Processing));
        places.Add("failed", await database.SortedSetRangeByRankAsync(keys.Failed));
        places.Add("awaiting", await database.SortedSetRangeByRankAsync(keys.Awaiting));
        places.Add("leases", await database.SortedSetRangeByRankAsync(keys.Leases));
        places.Add("running", await database.HashKeysAsync(keys.Running));
        places.Add("succeeded", await database.ListRangeAsync(keys.Succeeded));
        places.Add("deleted", await database.ListRangeAsync(keys.Deleted));
        return places;
    }

    /// <summary>Names of the lists that hold an id, in alphabetical order, a name once for each entry.</summary>
    public string Of(string id) => _placesOf.TryGetValue(id, out var places) ? string.Join('+', places.Order(StringComparer.Ordinal)) : "";

    private void Add(string place, IEnumerable<RedisValue> ids)
    {
        foreach (var id in ids)
        {
            if (!_placesOf.TryGetValue(id!, out var places))
                _placesOf.Add(id!, places = []);
            places.Add(place);
        }
    }
}
