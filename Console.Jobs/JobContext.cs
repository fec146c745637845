namespace OpsConsole.Jobs;

/// <summary>What a running job knows of itself and can say to operators. A job method takes it as a parameter.</summary>
public abstract class JobContext
{
    /// <summary>Id of the job.</summary>
    public abstract string JobId { get; }

    /// <summary>Friendly name of its type.</summary>
    public abstract string JobName { get; }

    /// <summary>Queue that it came from.</summary>
    public abstract string Queue { get; }

    /// <summary>1 for the first try.</summary>
    public abstract int Attempt { get; }

    /// <summary>Cancelled when an operator cancels, a time limit is passed, the lease is lost or the worker stops.</summary>
    public abstract CancellationToken Cancellation { get; }

    /// <summary>Cancelled when the soft limit is reached: save what there is and end soon.</summary>
    public abstract CancellationToken SoftLimitReached { get; }

    /// <summary>Reports progress; cheap enough for a loop, for only the newest value is sent, at most four times a second.</summary>
    /// <param name="percent">0 to 100; values outside are clamped.</param>
    /// <param name="text">One short line, or null to keep the last one.</param>
    public abstract void Progress(double percent, string? text = null);

    /// <summary>Adds a line to the job's log (the newest 1,000 are kept).</summary>
    public abstract void Log(string text, JobLogLevel level = JobLogLevel.Info);
}

/// <summary>Weight of a log line.</summary>
public enum JobLogLevel
{
    /// <summary>As expected.</summary>
    Info,
    /// <summary>Worth a look.</summary>
    Warning,
    /// <summary>Went wrong.</summary>
    Error,
}
