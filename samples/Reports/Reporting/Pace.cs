namespace OpsConsole.Samples.Reports.Reporting;

/// <summary>Holds a loop to so many rows a second, so that a heavy report leaves the machine to others.</summary>
internal sealed class Pace(int rowsPerSecond, TimeProvider time)
{
    private const int Step = 250;
    private readonly long _start = time.GetTimestamp();

    /// <summary>True at the rows where a caller should stop for breath; calling it is cheap.</summary>
    public static bool IsDue(int rows) => rows % Step == 0;

    public Task WaitAsync(int rows, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (rowsPerSecond == 0)
            return Task.CompletedTask;
        var ahead = TimeSpan.FromSeconds((double)rows / rowsPerSecond) - time.GetElapsedTime(_start);
        return ahead > TimeSpan.Zero ? Task.Delay(ahead, time, cancellation) : Task.CompletedTask;
    }
}
