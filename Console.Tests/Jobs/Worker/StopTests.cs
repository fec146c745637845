using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;

namespace OpsConsole.Tests.Jobs.Worker;

/// <summary>How running jobs are stopped: by limits, operators, outages and shutdown.</summary>
public class StopTests
{
    [Fact]
    public async Task The_soft_limit_warns_a_job_that_then_ends_well()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync();

        var id = await space.EnqueueAsync(job => job.Soft(null!));
        await space.SeeAsync(JobEventKinds.Succeeded, id);

        Assert.Equal("\"saved\"", await space.StateFieldAsync(id, "Result"));
    }

    [Fact]
    public async Task The_hard_limit_cancels_a_job_and_fails_it()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync();

        var id = await space.EnqueueAsync(job => job.Hard(CancellationToken.None));
        var failed = await space.SeeAsync(JobEventKinds.Failed, id);

        Assert.Equal("OpsConsole.Jobs.Worker.TimeLimitException", failed.Text("error"));
    }

    [Fact]
    public async Task A_job_that_does_not_hear_is_abandoned_and_its_late_end_changes_nothing()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync(options =>
        {
            options.AbandonSeconds = 0.2;
            options.Pools.Add(new PoolOptions { Slots = 1, Queues = { "default" } });
        });

        var id = await space.EnqueueAsync(job => job.Deaf("deaf"));
        var failed = await space.SeeAsync(JobEventKinds.Failed, id);
        Assert.Contains("did not end within", failed.Text("message"), StringComparison.Ordinal);
        // The slot is free though the code still runs.
        await space.SeeAsync(JobEventKinds.Succeeded, await space.NoteAsync("next"));
        space.Probe.Gate("deaf").SetResult();
        await space.SeeAsync(JobEventKinds.Succeeded, await space.NoteAsync("after"));

        Assert.Equal("failed", (await space.KindsAsync(id))[^1]);
    }

    [Fact]
    public async Task A_worker_that_is_stopped_while_it_starts_takes_its_leave()
    {
        await using var space = await WorkerSpace.OpenAsync();
        using var stop = new CancellationTokenSource();
        using var worker = space.Make(services => services.AddSingleton<TimeProvider>(new StoppingTime(stop)));

        await worker.StartAsync(stop.Token);
        await worker.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        await space.SeeAsync(JobEventKinds.WorkerStarted);
        await space.SeeAsync(JobEventKinds.WorkerStopped);
        Assert.Empty(await space.Database.SetMembersAsync(space.Keys.Servers));
    }

    [Fact]
    public async Task An_operator_cancels_a_running_job()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync(options => (options.LeaseSeconds, options.RenewSeconds) = (600, 200));
        var id = await StartWaitingAsync(space);

        await space.Database.HashSetAsync(space.Keys.Cancels, id, """{"by":"Ann","reason":"wrong month","at":1}""");
        await space.Database.PublishAsync(space.Keys.Commands, "cancel " + id);
        var deleted = await space.SeeAsync(JobEventKinds.Deleted, id);

        Assert.Equal("Ann", deleted.Text("by"));
        Assert.Equal("Cancelled by Ann: wrong month", await space.StateFieldAsync(id, "Reason"));
        Assert.False(await space.Database.HashExistsAsync(space.Keys.Cancels, id));
    }

    [Fact]
    public async Task A_cancellation_whose_message_was_missed_comes_with_the_next_renewal()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync(options => options.RenewSeconds = 0.2);
        var id = await StartWaitingAsync(space);

        await space.Database.HashSetAsync(space.Keys.Cancels, id, """{"by":"Ann","reason":"wrong month","at":1}""");

        await space.SeeAsync(JobEventKinds.Deleted, id);
    }

    [Fact]
    public async Task A_job_that_a_Hangfire_dashboard_deletes_is_cancelled_here()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync(options => options.RenewSeconds = 0.2);
        var id = await StartWaitingAsync(space);

        await space.Database.HashSetAsync(space.Keys.Job(id), "State", "Deleted");
        await space.Database.KeyDeleteAsync(space.Keys.JobStateData(id));
        await space.Database.SortedSetRemoveAsync(space.Keys.Processing, id);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await space.Database.HashExistsAsync(space.Keys.Running, id))
            await Task.Delay(10, limit.Token);

        Assert.Equal("Deleted", await space.FieldAsync(id, "State"));
        Assert.Equal(["enqueued", "processing"], await space.KindsAsync(id));
    }

    [Fact]
    public async Task A_stopping_worker_gives_unfinished_jobs_back_to_the_front()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var worker = await space.StartAsync(options =>
        {
            options.ShutdownSeconds = 2;
            options.Pools.Add(new PoolOptions { Slots = 1, Queues = { "default" } });
        });
        var id = await StartWaitingAsync(space);
        var later = await space.NoteAsync("later");

        await worker.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal([later, id], await space.QueueAsync());
        Assert.Equal("requeued", (await space.KindsAsync(id))[^1]);
        Assert.Equal("worker-stopped", (await space.KindsAsync(worker.Id))[^1]);
        Assert.False(await space.Database.SetContainsAsync(space.Keys.Servers, worker.Id));
        Assert.Equal(1, await space.Database.SortedSetLengthAsync(space.Keys.Gone));
    }

    [Fact]
    public async Task A_stopping_worker_gives_back_even_jobs_that_do_not_hear()
    {
        await using var space = await WorkerSpace.OpenAsync();
        var worker = await space.StartAsync(options => options.ShutdownSeconds = 1);
        var id = await space.EnqueueAsync(job => job.Deaf("deaf"));
        await space.SeeAsync(JobEventKinds.Processing, id);
        await space.Database.ExecuteAsync("PING");

        await worker.StopAsync(TestContext.Current.CancellationToken);
        space.Probe.Gate("deaf").SetResult();

        Assert.Contains((await space.KindsAsync(id))[^1], new[] { "requeued", "failed" });
        Assert.False(await space.Database.HashExistsAsync(space.Keys.Running, id));
    }

    [Fact]
    public async Task A_lost_lease_cancels_the_job_here_before_another_worker_has_it()
    {
        await using var space = await WorkerSpace.OpenAsync();
        await space.StartAsync(options => options.RenewSeconds = 0.2);
        var id = await StartWaitingAsync(space);
        await space.Database.HashSetAsync(space.Keys.Running, id, "other-token|other:1:x|default|1|2");

        await space.SeeAsync(JobEventKinds.Succeeded, await space.NoteAsync("alive"));

        Assert.Equal("other-token|other:1:x|default|1|2", (string?)await space.Database.HashGetAsync(space.Keys.Running, id));
    }

    private static async Task<string> StartWaitingAsync(WorkerSpace space)
    {
        var id = await space.EnqueueAsync(job => job.Wait("never", CancellationToken.None));
        await space.SeeStartAsync();
        return id;
    }

    /// <summary>Stops the worker when it asks what time it is, which it does to announce itself.</summary>
    private sealed class StoppingTime(CancellationTokenSource stop) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            stop.Cancel();
            return base.GetUtcNow();
        }
    }
}
