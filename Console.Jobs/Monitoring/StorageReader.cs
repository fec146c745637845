using System.Globalization;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Reads the settings of Redis, as far as it tells them: one that somebody else runs may not.</summary>
internal static class StorageReader
{
    public static async Task<StorageSettings> ReadAsync(JobRedis redis, CancellationToken cancel)
    {
        var info = await AskAsync(redis, "INFO", async database => (string?)await database.ExecuteAsync("INFO"), cancel) ?? "";
        var fsync = await AskAsync(redis, "CONFIG GET", async database => (string[]?)await database.ExecuteAsync("CONFIG", "GET", "appendfsync"), cancel);
        return new StorageSettings
        {
            Eviction = Field(info, "maxmemory_policy"),
            AppendOnly = Field(info, "aof_enabled") switch { "1" => true, "0" => false, _ => null },
            Fsync = fsync is [_, var value] ? value : "",
            UsedBytes = Number(info, "used_memory"),
            LimitBytes = Number(info, "maxmemory"),
            Version = Field(info, "redis_version"),
        };
    }

    private static string Field(string info, string name) =>
        info.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";

    private static long Number(string info, string name) => long.TryParse(Field(info, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // A refusal is an answer; that Redis is away is none.
    private static async Task<T?> AskAsync<T>(JobRedis redis, string what, Func<IDatabase, Task<T?>> ask, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await redis.RunAsync(what, ask, cancel);
        }
        catch (JobStorageException e) when (e.InnerException is RedisServerException)
        {
            return null;
        }
    }
}
