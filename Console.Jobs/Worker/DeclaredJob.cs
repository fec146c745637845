using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Jobs.Worker;

/// <summary>A job type that this worker can run.</summary>
internal sealed class DeclaredJob
{
    /// <summary>What is published of it.</summary>
    public required JobType Type { get; init; }

    /// <summary><c>Namespace.Type.Method</c>, as events name it.</summary>
    public required string EventName { get; init; }

    /// <summary>Class that dependency injection makes, or null for a static method.</summary>
    public required Type? Service { get; init; }

    /// <summary>Calls the method.</summary>
    public required JobCall Call { get; init; }

    /// <summary>Turns stored arguments into values.</summary>
    public required ArgumentReader Arguments { get; init; }

    /// <summary>When failed attempts are repeated.</summary>
    public required RetryPolicy Retry { get; init; }

    /// <summary>After this long the job is warned, or null.</summary>
    public TimeSpan? SoftLimit => Type.SoftLimitSeconds > 0 ? TimeSpan.FromSeconds(Type.SoftLimitSeconds) : null;

    /// <summary>After this long the job is cancelled, or null.</summary>
    public TimeSpan? HardLimit => Type.HardLimitSeconds > 0 ? TimeSpan.FromSeconds(Type.HardLimitSeconds) : null;
}
