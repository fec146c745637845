using System.Globalization;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Web.Health;

/// <summary>Whether what happens is also stored: who stores it, and how old the oldest event is that is not stored yet.</summary>
internal sealed class IngestionHealth(HistoryStore store, GapStore gaps, JobRedis redis, TimeProvider time)
{
    private const int MostGaps = 100;
    private static readonly TimeSpan LagWarning = TimeSpan.FromSeconds(10);

    public async Task<HealthFinding> ReadAsync(CancellationToken cancel)
    {
        var state = await store.GetStateAsync(cancel);
        var lag = await LagAsync(state, cancel);
        var now = time.GetUtcNow();
        var lately = await gaps.ListAsync(now.AddDays(-1), now.AddYears(50), MostGaps, cancel);
        var facts = new Dictionary<string, object?>
        {
            ["holder"] = state.IsHeld ? state.Holder : null,
            ["epoch"] = state.Epoch,
            ["position"] = state.Position,
            ["storedAt"] = state.StoredAt,
            ["events"] = state.Events,
            ["lagSeconds"] = Math.Round(lag.TotalSeconds, 1),
            ["gapsLastDay"] = lately.Count,
        };
        return new HealthFinding(facts)
            .Unless(state.IsHeld, HealthStatus.Down, "No console stores events. Start one with History:Run, before Redis trims what is not stored.")
            .Unless(lag < LagWarning, HealthStatus.Degraded, "It is more than 10 seconds behind what happens.")
            .Unless(lately.Count == 0, HealthStatus.Degraded, "Events of the last day are missing from the history; its pages say which.");
    }

    private async Task<TimeSpan> LagAsync(HistoryState state, CancellationToken cancel)
    {
        var oldest = await redis.RunAsync("XRANGE", async database =>
            (RedisResult[])(await database.ExecuteAsync("XRANGE", redis.Keys.Events, "(" + state.Position, "+", "COUNT", "1"))!, cancel);
        if (oldest.Length == 0)
            return TimeSpan.Zero;
        var at = long.Parse(((string)((RedisResult[])oldest[0]!)[0]!).Split('-')[0], CultureInfo.InvariantCulture);
        var clock = await redis.RunAsync("TIME", async database => (RedisResult[])(await database.ExecuteAsync("TIME"))!, cancel);
        return TimeSpan.FromMilliseconds(Math.Max(0, ((long)clock[0] * 1_000) - at));
    }
}
