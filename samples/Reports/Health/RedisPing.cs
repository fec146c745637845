using System.Diagnostics;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Samples.Reports.Health;

/// <summary>Pings the Redis that holds the jobs.</summary>
internal sealed class RedisPing(JobRedis redis) : IRedisPing
{
    public Task<TimeSpan> PingAsync(CancellationToken cancellation) => redis.RunAsync("ping", async database =>
    {
        var start = Stopwatch.GetTimestamp();
        await database.PingAsync();
        return Stopwatch.GetElapsedTime(start);
    }, cancellation);
}
