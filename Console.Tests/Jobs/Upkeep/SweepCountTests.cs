using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Upkeep;
using OpsConsole.Jobs.Worker;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Jobs.Worker;
using OpsConsole.Tests.Support;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Upkeep;

/// <summary>The count by which a large store is known to be sound; on a server of its own, since it counts all keys.</summary>
public sealed class SweepCountTests : IAsyncLifetime
{
    private static readonly RedisScript s_count = RedisScript.Load("sweep-count");
    private readonly PrivateRedis _server = new();
    private readonly JobRedis _redis;
    private readonly JobClient _client;
    private readonly FakeWorker _worker;

    public SweepCountTests()
    {
        _redis = new JobRedis(Options.Create(new JobStorageOptions { Redis = _server.Configuration, TimeoutMilliseconds = 20_000 }));
        _client = new JobClient(_redis, new JobCatalogue(_redis, TimeProvider.System), TimeProvider.System);
        _worker = new FakeWorker(_redis, "fake:1:a");
    }

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task It_stays_the_same_while_jobs_go_all_their_ways()
    {
        await GoAllWaysAsync();
        var before = await CountAsync();

        await GoAllWaysAsync();

        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task A_sound_store_is_not_looked_through_and_one_with_a_job_that_stands_nowhere_is()
    {
        await GoAllWaysAsync();
        var (time, calls) = (new FakeTime(), 0);
        var sweep = new StorageSweep(_redis, new JobWorkerOptions(), time, (_, _) => Task.FromResult(calls++), NullLogger.Instance, new SweepSize(MostKeys: 0, LongQueue: 0));
        await sweep.LookAtCountsAsync(JobsSpace.Cancel);
        var first = calls;

        await sweep.LookAtCountsAsync(JobsSpace.Cancel);
        Assert.Equal(first, calls);
        var id = await EnqueueAsync();
        await _redis.RunAsync("harm", database => database.ListRemoveAsync(_redis.Keys.Queue("default"), id), JobsSpace.Cancel);
        await sweep.LookAtCountsAsync(JobsSpace.Cancel);
        time.Advance(TimeSpan.FromMinutes(1));
        await sweep.RepairDueAsync(JobsSpace.Cancel);

        var found = Assert.Single(await new JobInspector(_redis, new JobCatalogue(_redis, TimeProvider.System), TimeProvider.System).GetFindingsAsync(10, cancel: JobsSpace.Cancel));
        Assert.Equal(("enqueued-nowhere", id), (found.Kind, found.Subject));
    }

    private async Task<long> CountAsync() => long.Parse((string)(await _redis.EvalAsync(s_count, [], JobsSpace.Cancel))!, CultureInfo.InvariantCulture);

    private async Task<string> EnqueueAsync(EnqueueOptions? options = null)
    {
        var made = await _client.EnqueueAsync<ProbeJobs>(jobs => jobs.Note("x"), options, JobsSpace.Cancel);
        Assert.True(made.IsCreated, made.Message);
        return made.Id;
    }

    // Each place has had a job in it, and some have one at the end.
    private async Task GoAllWaysAsync()
    {
        await EnqueueAsync(new EnqueueOptions { At = DateTimeOffset.UtcNow.AddHours(1) });
        for (var i = 0; i < 4; i++)
            await EnqueueAsync();
        var claimed = await _worker.ClaimAsync(4, "default");
        await _client.ContinueWithAsync<ProbeJobs>(claimed[0].Id, jobs => jobs.Note("after"), cancel: JobsSpace.Cancel);
        await _client.ContinueWithAsync<ProbeJobs>(claimed[3].Id, jobs => jobs.Note("waits"), cancel: JobsSpace.Cancel);
        await _worker.FinishAsync(claimed[0], FakeWorker.Success());
        await _worker.FinishAsync(claimed[1], new JobOutcome.Failed("No retries.", FakeWorker.Error));
        await _worker.FinishAsync(claimed[2], new JobOutcome.Retry("Again.", FakeWorker.Error, 1, TimeSpan.FromHours(1)));
        var deleted = await EnqueueAsync();
        await new JobControl(_redis, TimeProvider.System).DeleteAsync(deleted, new Actor("Ada", "not needed"), JobsSpace.Cancel);
    }
}
