using System.Globalization;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Web.Health;

/// <summary>How Redis is: what it must not do (throw jobs away), and how near it is to refusing writes.</summary>
internal sealed class RedisHealth(JobRedis redis, JobInspector inspector)
{
    private const double MemoryWarning = 0.9;

    public async Task<HealthFinding> ReadAsync(CancellationToken cancel)
    {
        var info = await redis.RunAsync("INFO", async database => Parse((string)(await database.ExecuteAsync("INFO"))!), cancel);
        var entries = await redis.RunAsync("XLEN", async database => (long)await database.ExecuteAsync("XLEN", redis.Keys.Events), cancel);
        var storage = await inspector.GetStorageAsync(cancel);
        var (used, limit) = (Number(info, "used_memory"), Number(info, "maxmemory"));
        var policy = info.GetValueOrDefault("maxmemory_policy", "");
        var facts = new Dictionary<string, object?>
        {
            ["version"] = info.GetValueOrDefault("redis_version"),
            ["uptimeSeconds"] = Number(info, "uptime_in_seconds"),
            ["memoryBytes"] = used,
            ["memoryLimitBytes"] = limit > 0 ? limit : null,
            ["evictionPolicy"] = policy,
            ["appendOnly"] = info.GetValueOrDefault("aof_enabled") == "1",
            ["appendFsync"] = storage.Fsync.Length > 0 ? storage.Fsync : null,
            ["clients"] = Number(info, "connected_clients"),
            ["callsPerSecond"] = Number(info, "instantaneous_ops_per_sec"),
            ["entriesInStream"] = entries,
        };
        return new HealthFinding(facts)
            .Unless(limit == 0 || used < limit * MemoryWarning, HealthStatus.Degraded, "More than 90 % of the memory that it may take is in use; when it is full, no job can be stored.")
            .Unless(policy is "noeviction" or "", HealthStatus.Degraded, $"Its maxmemory-policy is {policy}: when memory runs short it deletes jobs. Set noeviction.")
            .Unless(storage.Loss is not (StorageLoss.SinceSnapshot or StorageLoss.HalfMinute), HealthStatus.Degraded,
                storage.AppendOnly == false ? "It keeps no append-only file: a crash loses every job since its last snapshot." : $"Its appendfsync is {storage.Fsync}: a crash loses what it acknowledged in the last half minute or more.")
            .Unless(info.GetValueOrDefault("aof_last_write_status", "ok") == "ok" && info.GetValueOrDefault("rdb_last_bgsave_status", "ok") == "ok",
                HealthStatus.Degraded, "Its last write to disk failed; its log says why.");
    }

    private static long Number(Dictionary<string, string> info, string name) =>
        long.TryParse(info.GetValueOrDefault(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : 0;

    internal static Dictionary<string, string> Parse(string info)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in info.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.Split(':', 2) is [{ Length: > 0 } name, var value] && name[0] != '#')
                fields[name] = value;
        }
        return fields;
    }
}
