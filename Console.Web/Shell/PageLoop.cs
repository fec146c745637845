namespace OpsConsole.Web.Shell;

/// <summary>Does something again and again for as long as a page is open.</summary>
public static class PageLoop
{
    // A page that takes long to read is read less often, so that lookers-on stay cheap.
    private const int RestShare = 10;

    /// <param name="every">Pause between two rounds; at least ten times as long as the last one took.</param>
    /// <param name="round">Whatever it throws, but for the end of the page, ends the loop and comes out.</param>
    /// <param name="left">The page was left.</param>
    public static async Task RunAsync(TimeProvider clock, TimeSpan every, Func<Task> round, CancellationToken left)
    {
        var pause = every;
        try
        {
            while (true)
            {
                await Task.Delay(pause, clock, left);
                var begin = clock.GetTimestamp();
                await round();
                var rest = clock.GetElapsedTime(begin) * RestShare;
                pause = rest > every ? rest : every;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left, and perhaps its circuit has gone as well.
        }
    }
}
