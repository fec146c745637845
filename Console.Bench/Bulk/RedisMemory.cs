using System.Globalization;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Bench.Bulk;

/// <summary>Bytes of Redis for one job.</summary>
/// <param name="All">Everything but the event stream: keys, lists, and the tables that find them.</param>
/// <param name="Job">Its hash.</param>
/// <param name="State">The hash of its state.</param>
/// <param name="History">The list of its states.</param>
/// <param name="Stream">Its events.</param>
internal sealed record JobBytes(double All, double Job, double State, double History, double Stream);

/// <summary>Asks Redis what its keys take.</summary>
internal sealed class RedisMemory(JobRedis redis)
{
    private const int Samples = 200;

    /// <summary>Bytes in use, without what connections and the append-only file hold for a moment.</summary>
    public async Task<long> UsedAsync()
    {
        var text = await redis.RunAsync("INFO memory", async database => (string)(await database.ExecuteAsync("INFO", "memory"))!);
        var fields = text.Split('\n').Select(line => line.Trim().Split(':')).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        long Of(string name) => long.Parse(fields.GetValueOrDefault(name, "0"), CultureInfo.InvariantCulture);
        return Of("used_memory") - Of("mem_clients_normal") - Of("mem_aof_buffer");
    }

    /// <summary>Shares out what all jobs together have added.</summary>
    public async Task<JobBytes> PerJobAsync(string[] ids, long used)
    {
        var keys = redis.Keys;
        var sample = ids.Where((_, i) => i % (ids.Length / Samples) == 0).ToList();
        var stream = await SizeAsync(keys.Events);
        return new JobBytes(
            (double)(used - stream) / ids.Length, await MeanAsync(sample, keys.Job), await MeanAsync(sample, keys.JobStateData), await MeanAsync(sample, keys.JobHistory), (double)stream / ids.Length);
    }

    private async Task<double> MeanAsync(List<string> ids, Func<string, string> key) => (await Task.WhenAll(ids.Select(id => SizeAsync(key(id))))).Average();

    private Task<long> SizeAsync(string key) => redis.RunAsync("MEMORY USAGE", async database =>
        await database.ExecuteAsync("MEMORY", "USAGE", key, "SAMPLES", 0) is { IsNull: false } size ? (long)size : 0);
}
