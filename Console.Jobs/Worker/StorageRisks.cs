using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Worker;

/// <summary>What the settings of Redis put at risk; a worker says so when it starts.</summary>
internal static class StorageRisks
{
    /// <summary>Reads the settings as far as Redis tells them.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(JobRedis redis, CancellationToken cancel)
    {
        try
        {
            return Of(await StorageReader.ReadAsync(redis, cancel));
        }
        catch (JobStorageException)
        {
            // No worker must fail to start for a warning.
            return [];
        }
    }

    public static IReadOnlyList<string> Of(StorageSettings settings)
    {
        var risks = new List<string>();
        if (settings.Evicts)
            risks.Add($"Redis has the maxmemory-policy {settings.Eviction}: when memory runs short it deletes jobs without a word. Set noeviction.");
        if (settings.Loss == StorageLoss.SinceSnapshot)
            risks.Add("Redis keeps no append-only file: a crash loses every job since its last snapshot. Set appendonly yes.");
        else if (settings.Loss is StorageLoss.TwoSeconds or StorageLoss.HalfMinute)
            risks.Add($"Redis writes to disk by appendfsync {settings.Fsync}: a crash may lose what it acknowledged in the last {(settings.Loss == StorageLoss.TwoSeconds ? "2 s" : "half minute or more")}. Where that is too much, set always.");
        return risks;
    }
}
