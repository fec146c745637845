namespace OpsConsole.Web.Live;

/// <summary>
/// Looks at something again and again for as long as the console runs, once for all viewers. No failure ends it: what was seen
/// last stays on the board, the failure is reported once, and the next look comes after the usual pause.
/// </summary>
/// <param name="every">Pause between two looks.</param>
/// <param name="time">Times the pause.</param>
public abstract class LiveWatch(TimeSpan every, TimeProvider time) : BackgroundService
{
    private bool _isAway;

    protected TimeProvider Time { get; } = time;

    /// <summary>Looks once, and shows what it saw on a board; whether that is news to viewers is the board's to say.</summary>
    protected abstract Task LookAsync(CancellationToken cancel);

    /// <summary>Logs that a look failed. Asked once until a look succeeds; that a server is away is said on every page already.</summary>
    protected abstract void Report(Exception e);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryLookAsync(stoppingToken);
            await Task.Delay(every, Time, stoppingToken);
        }
    }

    private async Task TryLookAsync(CancellationToken stopping)
    {
        try
        {
            await LookAsync(stopping);
            _isAway = false;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The end of the console breaks a look off, and that is no outage.
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            if (!_isAway)
                Report(e);
            _isAway = true;
        }
    }
}
