using System.Globalization;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Bench.Bulk;

/// <summary>How long single calls kept Redis from everybody else, by its own slow log.</summary>
internal sealed class LongCalls
{
    private const int Kept = 5_000;
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

    /// <summary>How long calls of scripts, or of another command, took since then, in ms: one in a hundred longer than the first, none longer than the second.</summary>
    public async Task<(double P99, double Longest)> TimesAsync(string command = "EVAL")
    {
        var entries = (RedisResult[])(await RunAsync("SLOWLOG", "GET", Kept.ToString(CultureInfo.InvariantCulture)))!;
        var times = entries.Select(entry => (RedisResult[])entry!)
            .Where(entry => ((string)((RedisResult[])entry[3]!)[0]!).StartsWith(command, StringComparison.OrdinalIgnoreCase))
            .Select(entry => (long)entry[2] / 1000.0).Order().ToList();
        return times.Count == 0 ? (0, 0) : (times[(times.Count - 1) * 99 / 100], times[^1]);
    }

    private Task<RedisResult> RunAsync(string command, params object[] arguments) => _redis.RunAsync(command, database => database.ExecuteAsync(command, arguments));
}
