using System.ComponentModel;
using OpsConsole.Jobs;

namespace OpsConsole.Tests.Browser;

/// <summary>Jobs of every kind of end, for pages to show.</summary>
public sealed class BrowserJobs
{
    [Job("browser.greet", Queue = "browser", Description = "Greets somebody.", SoftLimitSeconds = 60, HardLimitSeconds = 120)]
    public string Greet([Description("Who is greeted")] string name, JobContext job)
    {
        job.Progress(50, "Thinking of something kind");
        job.Log($"Greeting {name}");
        return $"Hello, {name}";
    }

    [Job("browser.break", Queue = "browser", Description = "Fails.")]
    public void Break(string message) => throw new InvalidOperationException(message);

    [Job("browser.stumble", Queue = "browser", Description = "Fails and is tried again much later.")]
    [Retry(Times = 3, Backoff = Backoff.Fixed, DelaySeconds = 3_600)]
    public void Stumble() => throw new TimeoutException("The partner did not answer within 5 s.");

    [Job("browser.wait", Queue = "browser-slow", Description = "Runs until it is cancelled.")]
    public async Task WaitAsync(JobContext job, CancellationToken cancellation)
    {
        job.Progress(42, "Waiting");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
    }
}
