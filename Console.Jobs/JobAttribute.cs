namespace OpsConsole.Jobs;

/// <summary>
/// Declares a public method as a job type. The method belongs to a class that dependency injection can make, returns
/// <see cref="Task"/>, <see cref="Task{TResult}"/>, <see cref="ValueTask"/> or a plain value, and may take a <see cref="JobContext"/> and a
/// <see cref="CancellationToken"/> beside its arguments.
/// </summary>
/// <param name="name">Friendly name, unique in the fleet, for example <c>reports.generate</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JobAttribute(string name) : Attribute
{
    /// <summary>Friendly name shown to operators.</summary>
    public string Name { get; } = name;

    /// <summary>Queue that the job goes to unless the caller names one.</summary>
    /// <value>Default <c>default</c>.</value>
    public string Queue { get; set; } = "default";

    /// <summary>One sentence for operators.</summary>
    public string Description { get; set; } = "";

    /// <summary>After this long the job is warned (<see cref="JobContext.SoftLimitReached"/>), in seconds; 0 is never.</summary>
    public int SoftLimitSeconds { get; set; }

    /// <summary>After this long the job is cancelled and then failed, in seconds; 0 is never.</summary>
    public int HardLimitSeconds { get; set; }
}

/// <summary>How often and when a failed job is tried again. Without it a failure is final.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RetryAttribute : Attribute
{
    /// <summary>Retries after the first attempt.</summary>
    /// <value>Default 3.</value>
    public int Times { get; set; } = 3;

    /// <summary>How the wait grows.</summary>
    /// <value>Default <see cref="Backoff.Exponential"/>.</value>
    public Backoff Backoff { get; set; } = Backoff.Exponential;

    /// <summary>First wait (exponential) or every wait (fixed), in seconds.</summary>
    /// <value>Default 15.</value>
    public int DelaySeconds { get; set; } = 15;

    /// <summary>Waits one after the other, in seconds, for <see cref="Backoff.Listed"/>; the last one repeats.</summary>
    public int[] DelaysSeconds { get; set; } = [];

    /// <summary>Longest wait, in seconds.</summary>
    /// <value>Default 3,600.</value>
    public int MaxDelaySeconds { get; set; } = 3_600;

    /// <summary>Random share added to a wait, so that failures that came together do not come again together: 0 to 1.</summary>
    /// <value>Default 0.5: 10,000 jobs that fail together at the default wait are retried over 7.5 s.</value>
    public double Jitter { get; set; } = 0.5;
}

/// <summary>How the wait between attempts grows.</summary>
public enum Backoff
{
    /// <summary>Doubles with each attempt.</summary>
    Exponential,
    /// <summary>Stays the same.</summary>
    Fixed,
    /// <summary>As listed.</summary>
    Listed,
}

/// <summary>
/// Only one unfinished job may hold a key. The key is a template over the arguments by name, for example <c>tenant:{tenant}</c>;
/// without one, all arguments together are the key.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UniqueAttribute(string? key = null) : Attribute
{
    /// <summary>Template of the key, or null for all arguments.</summary>
    public string? Key { get; } = key;
}

/// <summary>At most so many starts in a period, over all workers. Jobs beyond it wait for their turn in their queue.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RateLimitAttribute(int starts, int periodSeconds) : Attribute
{
    /// <summary>Starts allowed in one period.</summary>
    public int Starts { get; } = starts;

    /// <summary>Length of the period, in seconds.</summary>
    public int PeriodSeconds { get; } = periodSeconds;
}
