using System.Diagnostics;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Jobs.Worker;

/// <summary>A job type that this worker can run.</summary>
internal sealed class DeclaredJob
{
    // Longer than it takes to wake a thread, and so short that a whole batch of such jobs is through before anyone would miss it.
    private static readonly long s_briefStamps = Stopwatch.Frequency / 20_000;
    // What is not known yet counts as long.
    private long _heldStamps = 20 * s_briefStamps;

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

    /// <summary>Whether such jobs have lately given back their thread within 50 µs.</summary>
    public bool IsBrief => Volatile.Read(ref _heldStamps) <= s_briefStamps;

    /// <summary>Notes how long a job has held the thread that started it. Two that are noted at once may count as one.</summary>
    public void NoteHeld(long stamps)
    {
        var before = Volatile.Read(ref _heldStamps);
        Volatile.Write(ref _heldStamps, before + ((stamps - before) / 8));
    }

    /// <summary>After this long the job is warned, or null.</summary>
    public TimeSpan? SoftLimit => Type.SoftLimitSeconds > 0 ? TimeSpan.FromSeconds(Type.SoftLimitSeconds) : null;

    /// <summary>After this long the job is cancelled, or null.</summary>
    public TimeSpan? HardLimit => Type.HardLimitSeconds > 0 ? TimeSpan.FromSeconds(Type.HardLimitSeconds) : null;
}
