using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Jobs.Worker;

/// <summary>What a worker does while Redis is away from it, and afterwards.</summary>
public class OutageTests
{
    [Fact]
    public async Task An_outcome_is_kept_while_Redis_is_away_and_sent_when_it_is_back()
    {
        await using var proxy = new RedisProxy(TestServers.Redis);
        await using var space = await WorkerSpace.OpenAsync();
        await StartBehindAsync(space, proxy);
        var id = await space.EnqueueAsync(job => job.Wait("g", CancellationToken.None));
        await space.SeeStartAsync();

        proxy.Cut();
        space.Probe.Gate("g").SetResult();
        Assert.Equal(["enqueued", "processing"], await space.KindsAsync(id));
        proxy.Heal();
        await space.SeeAsync(JobEventKinds.Succeeded, id);

        Assert.Equal(["enqueued", "processing", "succeeded"], await space.KindsAsync(id));
    }

    [Fact]
    public async Task A_worker_that_was_cut_off_runs_what_came_meanwhile()
    {
        await using var proxy = new RedisProxy(TestServers.Redis);
        await using var space = await WorkerSpace.OpenAsync();
        await StartBehindAsync(space, proxy);
        await space.SeeAsync(JobEventKinds.Succeeded, await space.NoteAsync("before"));

        proxy.Cut();
        var id = await space.NoteAsync("meanwhile");
        proxy.Heal();

        await space.SeeAsync(JobEventKinds.Succeeded, id);
        Assert.Equal(["before", "meanwhile"], space.Probe.Started);
    }

    [Fact]
    public async Task Jobs_of_a_claim_whose_answer_never_came_run_later_and_once()
    {
        await using var proxy = new RedisProxy(TestServers.Redis);
        await using var space = await WorkerSpace.OpenAsync();
        await StartBehindAsync(space, proxy);
        await space.SeeAsync(JobEventKinds.Succeeded, await space.NoteAsync("before"));

        proxy.HoldAnswers();
        var id = await space.NoteAsync("lost");
        await space.SeeAsync(JobEventKinds.Processing, id);
        proxy.Cut();
        proxy.Heal();
        await space.SeeAsync(JobEventKinds.Succeeded, id);

        Assert.Equal(["enqueued", "processing", "requeued", "processing", "succeeded"], await space.KindsAsync(id));
        Assert.Equal(["before", "lost"], space.Probe.Started);
        Assert.False(await space.Database.HashExistsAsync(space.Keys.Lost, id));
    }

    [Fact]
    public async Task A_worker_that_cannot_renew_cancels_its_jobs_before_their_lease_ends()
    {
        await using var proxy = new RedisProxy(TestServers.Redis);
        await using var space = await WorkerSpace.OpenAsync();
        await StartBehindAsync(space, proxy, options => (options.LeaseSeconds, options.RenewSeconds) = (3, 0.5));
        var id = await space.EnqueueAsync(job => job.Wait("never", CancellationToken.None));
        await space.SeeStartAsync();
        var cancelled = space.Probe.Gate("never cancelled").Task;

        proxy.Cut();
        await cancelled.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var leaseEnds = await space.Database.SortedSetScoreAsync(space.Keys.Leases, id);
        Assert.True(leaseEnds > DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() || leaseEnds is null, "The lease had ended before the job was cancelled.");
        proxy.Heal();

        await space.SeeAsync(JobEventKinds.Requeued, id);
    }

    [Fact]
    public async Task A_worker_that_starts_before_Redis_waits_for_it()
    {
        await using var proxy = new RedisProxy(TestServers.Redis);
        await using var space = await WorkerSpace.OpenAsync();
        proxy.Cut();
        var starting = StartBehindAsync(space, proxy);
        Assert.False(starting.IsCompleted);

        proxy.Heal();

        await starting;
        await space.SeeAsync(JobEventKinds.Succeeded, await space.NoteAsync("x"));
    }

    private static Task<JobWorker> StartBehindAsync(WorkerSpace space, RedisProxy proxy, Action<JobWorkerOptions>? configure = null) =>
        space.StartAsync(new JobStorageOptions { Redis = proxy.ConnectionString, Prefix = space.Redis.Options.Prefix, TimeoutMilliseconds = 1_000 }, configure);
}
