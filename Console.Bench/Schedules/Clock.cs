namespace OpsConsole.Bench.Schedules;

/// <summary>Waits by the clock on the wall, as schedules do.</summary>
internal static class Clock
{
    /// <summary>Between two looks at a ledger in which something is due in every second.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

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
}
