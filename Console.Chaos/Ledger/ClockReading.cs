using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace OpsConsole.Chaos.Ledger;

/// <summary>How far the clock of each worker is off, by the clock of the ledger.</summary>
internal static class ClockReading
{
    private static readonly TimeSpan s_mostDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Says so of this process.</summary>
    public static async Task WriteAsync(IDatabase database, string ledger)
    {
        while (true)
        {
            var since = Stopwatch.GetTimestamp();
            var time = (RedisResult[])(await database.ExecuteAsync("TIME"))!;
            var ahead = DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeSeconds((long)time[0]).AddMicroseconds((long)time[1]);
            // A busy machine delays answers; what came late says nothing.
            if (Stopwatch.GetElapsedTime(since) < s_mostDelay)
            {
                await database.HashSetAsync(ledger + ":clocks", Environment.ProcessId, ahead.TotalSeconds.ToString(CultureInfo.InvariantCulture));
                return;
            }
        }
    }

    public static async Task<double[]> ReadAsync(IDatabase database, string ledger) =>
        [.. (await database.HashValuesAsync(ledger + ":clocks")).Select(ahead => double.Parse((string)ahead!, CultureInfo.InvariantCulture))];
}
