using System.Text.Json;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Support;

/// <summary>A part of the test Redis with the services that make, read and change jobs.</summary>
internal sealed class JobsSpace : IAsyncDisposable
{
    public JobsSpace(Action<JobStorageOptions>? configure = null)
    {
        Space = new RedisSpace(configure);
        Catalogue = new JobCatalogue(Space.Redis, Time);
        Client = new JobClient(Space.Redis, Catalogue, TimeProvider.System);
        Inspector = new JobInspector(Space.Redis, Catalogue, TimeProvider.System);
        Control = new JobControl(Space.Redis, TimeProvider.System);
        Events = new JobEventReader(Space.Redis, TimeProvider.System);
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Actor Ada => new("ada@example.org", "a good reason");

    public RedisSpace Space { get; }
    public FakeTime Time { get; } = new();
    public RedisKeys Keys => Space.Keys;
    public JobCatalogue Catalogue { get; }
    public JobClient Client { get; }
    public JobInspector Inspector { get; }
    public JobControl Control { get; }
    public JobEventReader Events { get; }

    /// <summary>Publishes job types as a host does.</summary>
    public async Task PublishAsync(params JobType[] types)
    {
        var database = await RedisSpace.DatabaseAsync();
        foreach (var type in types)
            await database.HashSetAsync(Keys.Types, type.Key, CatalogueEntry.Write(type));
        Time.Advance(TimeSpan.FromSeconds(3));
    }

    /// <summary>Makes a sample job and returns its id.</summary>
    public async Task<string> EnqueueAsync(EnqueueOptions? options = null, int number = 1)
    {
        var result = await Client.EnqueueAsync<SampleJobs>(jobs => jobs.Add(number, "text"), options);
        Assert.True(result.IsCreated, result.Message);
        return result.Id;
    }

    /// <summary>Puts a job where a claim by a worker of ours puts it.</summary>
    public async Task HoldAsync(string id, string worker = "host:1:00000000-0000-0000-0000-000000000001")
    {
        var database = await RedisSpace.DatabaseAsync();
        await database.ListRemoveAsync(Keys.Queue("default"), id);
        await database.HashSetAsync(Keys.Job(id), "State", "Processing");
        await database.KeyDeleteAsync(Keys.JobStateData(id));
        await database.HashSetAsync(Keys.JobStateData(id), [new("State", "Processing"), new("StartedAt", "1795204680000"), new("ServerId", worker)]);
        await database.ListRightPushAsync(Keys.JobHistory(id), $$"""{"StartedAt":"1795204680000","ServerId":"{{worker}}","State":"Processing","Reason":null,"CreatedAt":"1795204680000"}""");
        await database.SortedSetAddAsync(Keys.Processing, id, 1795204680);
        await database.HashSetAsync(Keys.Running, id, $"token|{worker}|default|1795204680000|1");
    }

    public async Task<string?> StateAsync(string id) => await (await RedisSpace.DatabaseAsync()).HashGetAsync(Keys.Job(id), "State");

    public async Task<string[]> QueueAsync(string queue) => [.. (await (await RedisSpace.DatabaseAsync()).ListRangeAsync(Keys.Queue(queue))).Select(id => (string)id!)];

    /// <summary>All events so far.</summary>
    public async Task<IReadOnlyList<JobEvent>> EventsAsync()
    {
        await foreach (var batch in Events.FollowAsync("0-0", TestContext.Current.CancellationToken))
            return batch.Events;
        return [];
    }

    /// <summary>Loads what a real Hangfire left behind (Fixtures), under this space's prefix; its servers are alive unless told otherwise.</summary>
    public async Task LoadAsync(string fixture, bool serversAlive = true)
    {
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.PathOf($"Console.Tests/Fixtures/{fixture}.json")));
        var database = await RedisSpace.DatabaseAsync();
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            var key = entry.GetProperty("key").GetString()!;
            await WriteAsync(database, Space.Prefix + key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..], entry.GetProperty("type").GetString()!, entry.GetProperty("value"));
            if (entry.GetProperty("ttl").GetInt64() is > 0 and var ms)
                await database.KeyExpireAsync(Space.Prefix + key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..], TimeSpan.FromMilliseconds(ms));
        }
        if (serversAlive)
        {
            foreach (var server in (await database.SetMembersAsync(Keys.Servers)).Select(id => (string)id!))
                await database.HashSetAsync(Keys.Server(server), "Heartbeat", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    public ValueTask DisposeAsync() => Space.DisposeAsync();

    private static Task WriteAsync(IDatabase database, string key, string type, JsonElement value) => type switch
    {
        "hash" => database.HashSetAsync(key, [.. value.EnumerateObject().Select(field => new HashEntry(field.Name, field.Value.GetString()))]),
        "list" => database.ListRightPushAsync(key, [.. value.EnumerateArray().Select(item => (RedisValue)item.GetString())]),
        "set" => database.SetAddAsync(key, [.. value.EnumerateArray().Select(item => (RedisValue)item.GetString())]),
        "zset" => database.SortedSetAddAsync(key, [.. value.EnumerateArray().Select(item => new SortedSetEntry(item[0].GetString(), item[1].GetDouble()))]),
        _ => database.StringSetAsync(key, value.GetString()),
    };
}
