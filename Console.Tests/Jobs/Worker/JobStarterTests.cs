using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;
using WorkerPool = OpsConsole.Jobs.Worker.WorkerPool;

namespace OpsConsole.Tests.Jobs.Worker;

public sealed class JobStarterTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly WorkerPool _pool = new(new PoolOptions { Slots = 10, Queues = { "default" } }, NullLogger.Instance);
    private readonly JobRedis _redis = new(Options.Create(new JobStorageOptions()));
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();

    [Fact]
    public void A_type_counts_as_brief_once_its_jobs_have_given_their_thread_back_at_once_for_a_while()
    {
        var declared = Declare(() => { });
        Assert.False(declared.IsBrief);

        BeBrief(declared);
        Assert.True(declared.IsBrief);

        declared.NoteHeld(Stopwatch.Frequency);
        Assert.False(declared.IsBrief);
    }

    [Fact]
    public async Task Brief_jobs_that_came_together_all_run()
    {
        var ran = 0;
        var declared = Declare(() => Interlocked.Increment(ref ran));
        BeBrief(declared);

        await RunAsync(declared, 5);

        Assert.Equal(5, ran);
    }

    [Fact]
    public async Task A_job_that_holds_its_thread_against_all_experience_holds_up_none_behind_it()
    {
        using var others = new CountdownEvent(3);
        var (first, wereFree) = (0, false);
        var declared = Declare(() =>
        {
            if (Interlocked.Exchange(ref first, 1) == 0)
                wereFree = others.Wait(Patience);
            else
                others.Signal();
        });
        BeBrief(declared);

        await RunAsync(declared, 4);

        Assert.True(wereFree);
    }

    [Fact]
    public async Task The_ends_before_a_job_that_holds_its_thread_are_told_without_waiting_for_it()
    {
        using var told = new ManualResetEventSlim();
        var (jobs, wasTold) = (0, false);
        var declared = Declare(() =>
        {
            if (Interlocked.Increment(ref jobs) == 2)
                wasTold = told.Wait(Patience);
        });
        BeBrief(declared);

        var running = RunAsync(declared, 2);
        Assert.True(await _pool.Signal.WaitAsync(Patience, TestContext.Current.CancellationToken));
        told.Set();
        await running;

        Assert.True(wasTold);
    }

    public async ValueTask DisposeAsync()
    {
        _pool.Dispose();
        await _redis.DisposeAsync();
        await _services.DisposeAsync();
    }

    private async Task RunAsync(DeclaredJob declared, int count)
    {
        using var reports = new JobReports(_redis, "test:1:a", NullLogger<JobReports>.Instance);
        using var starter = new JobStarter(new JobRunner(_services.GetRequiredService<IServiceScopeFactory>(), new WorkerCatalogue([], "1"), reports, new JobStorageOptions(), NullLogger<JobRunner>.Instance));
        var batch = _pool.Take(1, count, count, _ => 0)!;
        var jobs = Enumerable.Range(0, count).Select(number => new RunningJob(
            new ClaimedJob($"job-{number}", $"token-{number}", "default", 1, 0, 0, "Probe", "Run", "[]", "[]"), declared, _pool, Stopwatch.GetTimestamp(), long.MaxValue, reports.Add)).ToArray();
        _pool.Accept(batch, jobs, []);
        if (starter.Start(jobs) is { } row)
            _ = Task.Run(row.Run, TestContext.Current.CancellationToken);
        var since = Stopwatch.GetTimestamp();
        while (_pool.EndedTotal < count && Stopwatch.GetElapsedTime(since) < Patience)
            await Task.Delay(2, TestContext.Current.CancellationToken);
        Assert.Equal(count, _pool.EndedTotal);
    }

    private static void BeBrief(DeclaredJob declared)
    {
        for (var i = 0; i < 100; i++)
            declared.NoteHeld(0);
    }

    private static DeclaredJob Declare(Action act) => new()
    {
        Type = new JobType { Name = "probe", Key = "Probe.Run()", TypeName = "Probe", Method = "Run" },
        EventName = "Probe.Run",
        Service = null,
        Call = (_, _) =>
        {
            act();
            return default;
        },
        Arguments = new ArgumentReader(typeof(object).GetMethod(nameof(GetHashCode))!),
        Retry = RetryPolicy.None,
    };
}
