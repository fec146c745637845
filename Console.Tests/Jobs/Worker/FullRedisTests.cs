using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;
using OpsConsole.Tests.Jobs.Support;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Worker;

public sealed class FullRedisTests : IAsyncDisposable
{
    private readonly PrivateRedis _server = new();
    private readonly JobRedis _redis;
    private readonly JobClient _client;

    public FullRedisTests()
    {
        _redis = new JobRedis(Microsoft.Extensions.Options.Options.Create(new JobStorageOptions { Redis = _server.Configuration, TimeoutMilliseconds = 20_000 }));
        _client = new JobClient(_redis, new JobCatalogue(_redis, TimeProvider.System), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_full_Redis_takes_no_new_job_and_says_why_while_what_runs_is_renewed_ends_and_is_recovered()
    {
        await _server.StartAsync();
        var worker = new FakeWorker(_redis, "fake:1:a");
        for (var i = 0; i < 2; i++)
            await _client.EnqueueAsync<ProbeJobs>(jobs => jobs.Note("x"), cancel: JobsSpace.Cancel);
        var claimed = await worker.ClaimAsync(2, "default");
        await FillAsync();

        var refusal = await Assert.ThrowsAsync<JobStorageException>(() => _client.EnqueueAsync<ProbeJobs>(jobs => jobs.Note("late"), cancel: JobsSpace.Cancel));
        await worker.RunAsync("renew", worker.Id, 15_000, 1_000, 2_000, "", "", 0, claimed[0].Id, claimed[0].Token);
        var finished = await worker.FinishAsync(claimed[0], FakeWorker.Success());
        await worker.RecoverAsync();

        Assert.Contains("maxmemory", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(finished.Refused);
        Assert.Equal("Succeeded", await AskAsync(async database => (string?)await database.HashGetAsync(_redis.Keys.Job(claimed[0].Id), "State")));
    }

    [Fact]
    public async Task In_a_full_Redis_operators_delete_cancel_and_pause_and_a_retry_is_refused_before_it_changes_anything()
    {
        await _server.StartAsync();
        var (worker, control, actor) = (new FakeWorker(_redis, "fake:1:a"), new JobControl(_redis, TimeProvider.System), new Actor("Ada", "it is full"));
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
            ids.Add((await _client.EnqueueAsync<ProbeJobs>(jobs => jobs.Note("x"), cancel: JobsSpace.Cancel)).Id);
        var claimed = await worker.ClaimAsync(2, "default");
        await worker.FinishAsync(claimed[0], new JobOutcome.Failed("No retries.", FakeWorker.Error));
        var before = await HistoryAsync(claimed[0].Id);
        await FillAsync();

        var retry = await Assert.ThrowsAsync<JobStorageException>(() => control.RetryAsync(claimed[0].Id, actor, cancel: JobsSpace.Cancel));
        var bulk = await Assert.ThrowsAsync<JobStorageException>(() => worker.RunAsync("retry-many", "operation", 4e12, "Retried", "Ada", "", claimed[0].Id, ""));
        Assert.All((JobStorageException[])[retry, bulk], refusal => Assert.Contains("maxmemory", refusal.Message, StringComparison.Ordinal));
        Assert.Equal(before, await HistoryAsync(claimed[0].Id));
        Assert.True(await AskAsync(async database => await database.SortedSetScoreAsync(_redis.Keys.Failed, claimed[0].Id) is not null));

        Assert.Equal(ControlOutcome.Requested, (await control.CancelAsync(claimed[1].Id, actor, JobsSpace.Cancel)).Outcome);
        Assert.Equal(ControlOutcome.Done, (await control.CancelAsync(ids[2], actor, JobsSpace.Cancel)).Outcome);
        Assert.Equal(ControlOutcome.Done, (await control.DeleteAsync(ids[3], actor, JobsSpace.Cancel)).Outcome);
        Assert.Equal(ControlOutcome.Done, (await control.PauseQueueAsync("default", actor, cancel: JobsSpace.Cancel)).Outcome);
        Assert.Equal(ControlOutcome.Done, (await control.ResumeQueueAsync("default", actor, JobsSpace.Cancel)).Outcome);
        Assert.Equal(["done"], (await worker.RunAsync("delete-many", "operation", 4e12, "Deleted", "Ada", "", claimed[0].Id)).Select(answer => (string?)answer));
    }

    private Task<long> HistoryAsync(string id) => AskAsync(database => database.ListLengthAsync(_redis.Keys.JobHistory(id)));

    private async Task FillAsync() => await AskAsync(database => database.ExecuteAsync("CONFIG", "SET", "maxmemory", "1"));

    private Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask) => _redis.RunAsync("a test", ask, JobsSpace.Cancel);
}
