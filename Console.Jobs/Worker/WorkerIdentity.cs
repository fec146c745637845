using System.Globalization;
using System.Text.Json;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Worker;

/// <summary>What a worker says of itself: its id, its record, and the job types that it can run.</summary>
internal sealed class WorkerIdentity(JobRedis redis, JobWorkerOptions options, WorkerCatalogue catalogue, TimeProvider time)
{
    private static readonly RedisScript s_start = RedisScript.Load("worker-start");
    private static readonly RedisScript s_stop = RedisScript.Load("worker-stop");
    private readonly long _startedAt = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary><c>name:pid:guid</c>, as Hangfire names its servers.</summary>
    public string Id { get; } = $"{options.Name}:{Environment.ProcessId}:{Guid.NewGuid()}";

    /// <summary>A type key that this worker has published, or empty when it has none.</summary>
    public string SomeTypeKey => catalogue.Jobs.Count == 0 ? "" : catalogue.Jobs[0].Type.Key;

    /// <summary>Announces the worker and its job types.</summary>
    /// <param name="pools">Its pools.</param>
    /// <param name="again">True when its record was lost: then no event is written.</param>
    /// <exception cref="JobStorageException">Redis is away.</exception>
    public Task AnnounceAsync(IReadOnlyList<WorkerPool> pools, bool again)
    {
        var queues = pools.SelectMany(pool => pool.Queues).Distinct(StringComparer.Ordinal).ToArray();
        List<RedisValue> arguments = [Id, again ? "again" : "start", pools.Sum(pool => pool.Slots), queues.Length];
        arguments.AddRange(queues.Select(queue => (RedisValue)queue));
        arguments.Add(catalogue.Jobs.Count);
        foreach (var job in catalogue.Jobs)
            arguments.AddRange([job.Type.Key, JsonSerializer.Serialize(job.Type with { PublishedAt = time.GetUtcNow() }, JobJson.Records)]);
        arguments.AddRange(["Host", Environment.MachineName, "Pid", Environment.ProcessId, "Version", options.Version,
            "StartedAt", _startedAt.ToString(CultureInfo.InvariantCulture), "Busy", pools.Sum(pool => pool.Busy), "Pools", PoolsJson(pools)]);
        return redis.EvalAsync(s_start, [.. arguments]);
    }

    /// <summary>Leaves the fleet in good order.</summary>
    /// <exception cref="JobStorageException">Redis is away; the others will find this worker lost.</exception>
    public Task LeaveAsync() => redis.EvalAsync(s_stop, [Id]);

    public static string PoolsJson(IReadOnlyList<WorkerPool> pools) =>
        JsonSerializer.Serialize(pools.Select(pool => new Monitoring.WorkerPool(pool.Name, pool.Slots, pool.Busy, pool.Queues)), JobJson.Records);
}
