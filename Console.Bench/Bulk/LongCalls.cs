using System.Globalization;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Bench.Bulk;

/// <summary>How long the longest single call kept Redis from everybody else, by its own slow log.</summary>
internal sealed class LongCalls
{
    private const int Kept = 2_000;
    private readonly JobRedis _redis;

    private LongCalls(JobRedis redis) => _redis = redis;

    /// <summary>Begins to look: every call of half a millisecond or more is written down.</summary>
    public static async Task<LongCalls> WatchAsync(JobRedis redis)
    {
        var watch = new LongCalls(redis);
        await watch.RunAsync("CONFIG", "SET", "slowlog-log-slower-than", "500", "slowlog-max-len", Kept.ToString(CultureInfo.InvariantCulture));
        await watch.RunAsync("SLOWLOG", "RESET");
        return watch;
    }

    /// <summary>The longest call of a script since then, in ms; 0 when all were shorter than half of one.</summary>
    public async Task<double> LongestAsync()
    {
        var entries = (RedisResult[])(await RunAsync("SLOWLOG", "GET", Kept.ToString(CultureInfo.InvariantCulture)))!;
        return entries.Select(entry => (RedisResult[])entry!)
            .Where(entry => ((string)((RedisResult[])entry[3]!)[0]!).StartsWith("EVAL", StringComparison.OrdinalIgnoreCase))
            .Select(entry => (long)entry[2] / 1000.0).DefaultIfEmpty().Max();
    }

    private Task<RedisResult> RunAsync(string command, params object[] arguments) => _redis.RunAsync(command, database => database.ExecuteAsync(command, arguments));
}
