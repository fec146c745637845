using System.Collections.Concurrent;
using OpsConsole.Jobs;

namespace OpsConsole.Tests.Browser;

public enum WalkSize
{
    Small,
    Large,
}

/// <summary>Lets a test say when a job goes on.</summary>
public sealed class WalkSignals
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _steps = new();

    public Task NextAsync(string key, CancellationToken cancel) => Step(key).WaitAsync(cancel);

    public void Release(string key) => Step(key).Release();

    public void ReleaseAll()
    {
        foreach (var step in _steps.Values)
            step.Release(100);
    }

    private SemaphoreSlim Step(string key) => _steps.GetOrAdd(key, _ => new SemaphoreSlim(0));
}

/// <summary>Small jobs of the shapes that a console has to show.</summary>
public sealed class WalkJobs(WalkSignals signals)
{
    [Job("walk.greet", Description = "Says hello.")]
    public string Greet(string name) => "Hello " + name;

    [Job("walk.fail"), Retry(Times = 0)]
    public void Fail(string why) => throw new InvalidOperationException(why, new IOException("The disk beneath is gone."));

    [Job("walk.stumble"), Retry(Times = 3, Backoff = Backoff.Fixed, DelaySeconds = 3_600)]
    public void Stumble() => throw new TimeoutException("The partner did not answer within 5 s.");

    /// <summary>Takes a step whenever the test says so, and ends after the third.</summary>
    [Job("walk.steps")]
    public async Task<int> StepsAsync(string key, JobContext job, CancellationToken cancel)
    {
        for (var step = 1; step <= 3; step++)
        {
            await signals.NextAsync(key, cancel);
            job.Progress(step * 25, $"step {step} of 3");
            job.Log($"Took step {step}.");
        }
        await signals.NextAsync(key, cancel);
        return 3;
    }

    /// <summary>Does not answer a cancellation before the test says so.</summary>
    [Job("walk.stubborn")]
    public async Task StubbornAsync(string key, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancel);
        }
        finally
        {
            await signals.NextAsync(key, CancellationToken.None);
        }
    }

    [Job("walk.typed", Description = "Takes arguments of several types.")]
    public string Typed(WalkSize size, DateTimeOffset at, int[] numbers, int copies = 1) => $"{size} {at:yyyy-MM-dd} {numbers.Sum()} x{copies}";

    [Job("walk.unique"), Unique("walk:{name}")]
    public Task UniqueAsync(string name, CancellationToken cancel) => signals.NextAsync(name, cancel);
}
