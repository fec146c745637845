using System.Diagnostics;

namespace OpsConsole.Chaos;

/// <summary>Looks again and again until something is so.</summary>
internal static class Waiting
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">It is not so within the limit.</exception>
    public static async Task<TimeSpan> UntilAsync(string what, TimeSpan limit, Func<Task<bool>> isSo) =>
        await TryUntilAsync(limit, isSo) ?? throw new TimeoutException($"Not within {limit.TotalSeconds:0} s: {what}.");

    /// <returns>How long it took, or null when it is not so within the limit.</returns>
    public static async Task<TimeSpan?> TryUntilAsync(TimeSpan limit, Func<Task<bool>> isSo)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(since) > limit)
                return null;
            await Task.Delay(s_pause);
        }
        return Stopwatch.GetElapsedTime(since);
    }
}
