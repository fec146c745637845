using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
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

    private async Task FillAsync() => await AskAsync(database => database.ExecuteAsync("CONFIG", "SET", "maxmemory", "1"));

    private Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask) => _redis.RunAsync("a test", ask, JobsSpace.Cancel);
}
