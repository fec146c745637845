using System.Diagnostics;

namespace OpsConsole.Bench;

/// <summary>Waits for what should come, but not for ever: a measurement that hangs says nothing.</summary>
internal static class Patience
{
    /// <summary>Looks again and again until it is so.</summary>
    /// <param name="what">What is waited for, as in "30,000 jobs to succeed".</param>
    /// <param name="isSo">Whether it has come.</param>
    /// <param name="lookEvery">Pause between two looks.</param>
    /// <param name="atMost">Longest wait.</param>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo, TimeSpan lookEvery, TimeSpan atMost)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(since) > atMost)
                throw new TimeoutException($"Waited {atMost.TotalSeconds:0} s for {what}, in vain. Look into the logs of what is measured, and whether Redis answers.");
            await Task.Delay(lookEvery);
        }
    }
}
