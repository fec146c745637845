using System.Collections.Concurrent;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using OpsConsole.Jobs;

namespace OpsConsole.Tests.Jobs.Worker;

/// <summary>What a test and the jobs it runs share.</summary>
public sealed class Probe
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();

    public ConcurrentQueue<string> Started { get; } = new();

    public ManualResetEventSlim Block { get; } = new();

    /// <summary>A gate that a job waits at until the test opens it.</summary>
    public TaskCompletionSource Gate(string name) => _gates.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}

public sealed record Order(Guid Id, string Customer, decimal Total, DayOfWeek Day);

/// <summary>Jobs that do what tests need.</summary>
public sealed class ProbeJobs(Probe probe, ILogger<ProbeJobs> logger)
{
    [Job("probe.log-line")]
    public void LogLine(string text) => logger.LogInformation("{Text}", text);

    [Job("probe.note")]
    public void Note(string text) => probe.Started.Enqueue(text);

    [Job("probe.add", Queue = "sums", Description = "Adds two numbers.")]
    public Task<int> Add([Range(0, 100), Description("First one.")] int a, int b = 2) => Task.FromResult(a + b);

    [Job("probe.order")]
    public string Take(Order order, DateTime at, TimeSpan every, DayOfWeek? day, byte[]? data, JobContext context, CancellationToken cancel)
    {
        probe.Started.Enqueue($"{order.Customer} {at:yyyy-MM-dd} {every} {day} {data?.Length} {context.Attempt} {cancel.CanBeCanceled}");
        return order.Customer;
    }

    [Job("probe.fail")]
    [Retry(Times = 2, Backoff = Backoff.Listed, DelaysSeconds = [1, 3_600], Jitter = 0)]
    public Task Fail(string message) => throw new InvalidOperationException(message);

    [Job("probe.fail-once")]
    public Task FailOnce(string message) => throw new InvalidOperationException(message);

    [Job("probe.fail-at-once")]
    [Retry(Times = 0)]
    public Task FailAtOnce() => throw new InvalidOperationException("Not this time.");

    /// <summary>Fails with an exception that nobody should have made.</summary>
    [Job("probe.fail-monstrously")]
    [Retry(Times = 0)]
    public void FailMonstrously() => MonstrousFailure.Throw(frames: 5_000, characters: 10_000_000);

    /// <summary>Waits at a gate, and gives up when cancelled.</summary>
    [Job("probe.wait")]
    public async Task Wait(string gate, CancellationToken cancel)
    {
        probe.Started.Enqueue(gate);
        try
        {
            await probe.Gate(gate).Task.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            probe.Gate(gate + " cancelled").TrySetResult();
            throw;
        }
    }

    /// <summary>Holds its thread, as careless jobs do.</summary>
    [Job("probe.block", Queue = "blocking")]
    public void Block()
    {
        probe.Started.Enqueue("blocked");
        probe.Block.Wait();
    }

    /// <summary>Waits at a gate and hears nothing.</summary>
    [Job("probe.deaf", HardLimitSeconds = 1)]
    public async Task Deaf(string gate) => await probe.Gate(gate).Task;

    [Job("probe.deaf-for-longer", HardLimitSeconds = 4)]
    public Task DeafForLonger(string gate) => Deaf(gate);

    [Job("probe.hard", HardLimitSeconds = 1)]
    public Task Hard(CancellationToken cancel) => Task.Delay(Timeout.Infinite, cancel);

    /// <summary>Ends by itself when it is warned.</summary>
    [Job("probe.soft", SoftLimitSeconds = 1)]
    public async Task<string> Soft(JobContext context)
    {
        var warned = new TaskCompletionSource();
        await using var registration = context.SoftLimitReached.Register(warned.SetResult);
        await warned.Task;
        return "saved";
    }

    [Job("probe.unique")]
    [Unique("tenant:{tenant}")]
    public Task Unique(int tenant, string gate, CancellationToken cancel) => Wait($"{gate}-{tenant}", cancel);

    [Job("probe.limited", Queue = "limited")]
    [RateLimit(2, 3_600)]
    public void Limited(int number) => probe.Started.Enqueue($"limited {number}");

    [Job("probe.report")]
    public void Report(JobContext context)
    {
        for (var i = 0; i <= 1_000; i++)
            context.Progress(i / 10.0, "row " + i);
        context.Log("first <b>");
        context.Log("second", JobLogLevel.Warning);
    }

    [Job("probe.fail-unreadably")]
    public Task FailUnreadably() => throw new UnreadableException();

    [Job("probe.return-unreadable")]
    public Task<Unreadable> ReturnUnreadable() => Task.FromResult(new Unreadable());
}
