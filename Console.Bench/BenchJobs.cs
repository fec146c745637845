using System.Collections.Concurrent;
using System.Diagnostics;
using OpsConsole.Jobs;

namespace OpsConsole.Bench;

/// <summary>Jobs that do next to nothing, so that only the way to them is measured.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "Dependency injection makes the class for each job: that is part of what is measured.")]
public sealed class BenchJobs
{
    private static readonly ConcurrentDictionary<string, int> s_starts = new();
    private static long s_done;
    private static TaskCompletionSource<long> s_started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Jobs run in this process.</summary>
    public static long Done => Interlocked.Read(ref s_done);

    /// <summary>How often each job id has been started by <see cref="Mark"/>.</summary>
    public static IReadOnlyDictionary<string, int> Starts => s_starts;

    /// <summary>Forgets what has run.</summary>
    public static void Reset()
    {
        Interlocked.Exchange(ref s_done, 0);
        s_starts.Clear();
    }

    /// <summary>Completes with the time stamp at which the next <see cref="Stamp"/> starts.</summary>
    public static Task<long> NextStart()
    {
        s_started = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        return s_started.Task;
    }

    /// <summary>Counts itself.</summary>
    [Job("bench.count")]
    public Task Count(int number)
    {
        _ = number;
        Interlocked.Increment(ref s_done);
        return Task.CompletedTask;
    }

    /// <summary>Counts its starts by the id of the job, so that nothing that ran twice or not at all goes unseen.</summary>
    [Job("bench.mark")]
    public Task Mark(string name, JobContext job)
    {
        _ = name;
        s_starts.AddOrUpdate(job.JobId, 1, (_, starts) => starts + 1);
        return Task.CompletedTask;
    }

    /// <summary>Says when it started.</summary>
    [Job("bench.stamp")]
    public Task Stamp()
    {
        s_started.TrySetResult(Stopwatch.GetTimestamp());
        return Task.CompletedTask;
    }
}
