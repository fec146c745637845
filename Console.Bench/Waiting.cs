using System.Diagnostics;

namespace OpsConsole.Bench;

/// <summary>Looks again and again until something is so, but not for ever: a measurement that hangs says nothing.</summary>
internal static class Waiting
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <param name="what">What is to be so, as in "30,000 jobs have succeeded".</param>
    /// <param name="limit">Longest wait.</param>
    /// <param name="isSo">Looks.</param>
    /// <param name="pause">Between two looks; 50 ms unless said otherwise.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">It is not so within the limit.</exception>
    public static async Task<TimeSpan> UntilAsync(string what, TimeSpan limit, Func<Task<bool>> isSo, TimeSpan? pause = null) =>
        await TryUntilAsync(limit, isSo, pause)
        ?? throw new TimeoutException($"Not within {limit.TotalSeconds:0} s: {what}. Look into the logs of what is measured, and whether its servers answer.");

    /// <returns>How long it took, or null when it is not so within the limit.</returns>
    public static async Task<TimeSpan?> TryUntilAsync(TimeSpan limit, Func<Task<bool>> isSo, TimeSpan? pause = null)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(since) > limit)
                return null;
            await Task.Delay(pause ?? s_pause);
        }
        return Stopwatch.GetElapsedTime(since);
    }
}
