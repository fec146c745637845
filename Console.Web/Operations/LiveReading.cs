namespace OpsConsole.Web.Operations;

/// <summary>Reads a page again and again while somebody looks at it; where reading takes long, less often.</summary>
internal static class LiveReading
{
    public static async Task StayAsync(TimeSpan every, TimeProvider time, Func<Task> read, CancellationToken left)
    {
        var pause = every;
        try
        {
            while (true)
            {
                await Task.Delay(pause, time, left);
                var begin = time.GetTimestamp();
                await read();
                pause = TimeSpan.FromTicks(Math.Max(every.Ticks, time.GetElapsedTime(begin).Ticks * 10));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left, or its circuit is gone.
        }
    }
}
