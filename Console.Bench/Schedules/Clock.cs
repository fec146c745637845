namespace OpsConsole.Bench.Schedules;

/// <summary>Waits by the clock on the wall, as schedules do.</summary>
internal static class Clock
{
    public static DateTimeOffset NextSecond()
    {
        var now = DateTimeOffset.UtcNow;
        return now.AddTicks(TimeSpan.TicksPerSecond - (now.Ticks % TimeSpan.TicksPerSecond));
    }

    public static async Task UntilAsync(DateTimeOffset at)
    {
        while (at - DateTimeOffset.UtcNow is { Ticks: > 0 } left)
            await Task.Delay(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left);
    }

    /// <summary>Looks every few milliseconds until it is so.</summary>
    /// <exception cref="TimeoutException">It is not so within the limit.</exception>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo, TimeSpan limit)
    {
        var end = DateTimeOffset.UtcNow + limit;
        while (!await isSo())
        {
            if (DateTimeOffset.UtcNow > end)
                throw new TimeoutException($"Not within {limit.TotalSeconds:0} s: {what}.");
            await Task.Delay(10);
        }
    }
}
