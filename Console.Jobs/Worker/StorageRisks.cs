using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Worker;

/// <summary>What the settings of Redis put at risk; a worker says so when it starts.</summary>
internal static class StorageRisks
{
    /// <summary>Reads the settings as far as Redis tells them.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(JobRedis redis, CancellationToken cancel)
    {
        var info = await AskAsync(redis, "INFO", async database => (string?)await database.ExecuteAsync("INFO"), cancel) ?? "";
        var fsync = await AskAsync(redis, "CONFIG GET", async database => (string[]?)await database.ExecuteAsync("CONFIG", "GET", "appendfsync"), cancel);
        return Of(Field(info, "maxmemory_policy"), Field(info, "aof_enabled"), fsync is [_, var value] ? value : "");
    }

    /// <param name="eviction">What happens when memory runs short, or empty when unknown.</param>
    /// <param name="appendOnly"><c>1</c> when there is an append-only file, <c>0</c> when not, or empty when unknown.</param>
    /// <param name="fsync">When that file is brought to the disk, or empty when unknown.</param>
    public static IReadOnlyList<string> Of(string eviction, string appendOnly, string fsync)
    {
        var risks = new List<string>();
        if (eviction is not ("" or "noeviction"))
            risks.Add($"Redis has the maxmemory-policy {eviction}: when memory runs short it deletes jobs without a word. Set noeviction.");
        if (appendOnly == "0")
            risks.Add("Redis keeps no append-only file: a crash loses every job since its last snapshot. Set appendonly yes.");
        else if (fsync is not ("" or "always"))
            risks.Add($"Redis writes to disk by appendfsync {fsync}: a crash may lose what it acknowledged in the last {(fsync == "everysec" ? "2 s" : "half minute or more")}. Where that is too much, set always.");
        return risks;
    }

    private static string Field(string info, string name) =>
        info.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";

    // A Redis that somebody else runs may not let its settings be read, and no worker must fail to start for that.
    private static async Task<T?> AskAsync<T>(JobRedis redis, string what, Func<StackExchange.Redis.IDatabase, Task<T?>> ask, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await redis.RunAsync(what, ask, cancel);
        }
        catch (JobStorageException)
        {
            return null;
        }
    }
}
