using Microsoft.Extensions.Options;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;

namespace OpsConsole.Tests.Jobs.Protocol;

/// <summary>The connection when Redis is away, frozen or comes back.</summary>
public sealed class JobRedisTests : IAsyncDisposable
{
    private readonly PrivateRedis _server = new();
    private readonly JobRedis _redis;
    private readonly JobInspector _inspector;

    public JobRedisTests()
    {
        _redis = new JobRedis(Options.Create(new JobStorageOptions { Redis = _server.Configuration, TimeoutMilliseconds = 500 }));
        _inspector = new JobInspector(_redis, new JobCatalogue(_redis, TimeProvider.System), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_Redis_that_starts_later_is_found()
    {
        await Assert.ThrowsAsync<JobStorageException>(() => _inspector.GetSnapshotAsync(JobsSpace.Cancel));

        await _server.StartAsync();

        Assert.Equal("0-0", (await UntilItAnswersAsync()).Position);
    }

    [Fact]
    public async Task A_Redis_that_was_killed_is_found_again_with_scripts_and_data()
    {
        await _server.StartAsync();
        var client = new JobClient(_redis, new JobCatalogue(_redis, TimeProvider.System), TimeProvider.System);
        await UntilItAnswersAsync();
        Assert.True((await client.EnqueueAsync<SampleJobs>(jobs => jobs.Add(1, ""), cancel: JobsSpace.Cancel)).IsCreated);

        await _server.KillAsync();
        var away = await Assert.ThrowsAsync<JobStorageException>(() => _inspector.GetSnapshotAsync(JobsSpace.Cancel));
        Assert.Contains("snapshot", away.Message);
        Assert.Contains(_server.Configuration, away.Message);
        await _server.StartAsync();

        Assert.Equal(1, (await UntilItAnswersAsync()).Counts.Enqueued);
    }

    [Fact]
    public async Task A_Redis_that_does_not_answer_is_given_up_at_the_time_limit()
    {
        await _server.StartAsync();
        await UntilItAnswersAsync();
        await _server.FreezeAsync();

        var frozen = await Assert.ThrowsAsync<JobStorageException>(() => _inspector.GetSnapshotAsync(JobsSpace.Cancel));
        Assert.Contains("500 ms", frozen.Message);
        await _server.ThawAsync();

        await UntilItAnswersAsync();
    }

    [Fact]
    public async Task A_follower_ends_with_an_error_when_Redis_goes_and_can_go_on_from_its_position()
    {
        await _server.StartAsync();
        var client = new JobClient(_redis, new JobCatalogue(_redis, TimeProvider.System), TimeProvider.System);
        var events = new JobEventReader(_redis, TimeProvider.System);
        await UntilItAnswersAsync();
        await client.EnqueueAsync<SampleJobs>(jobs => jobs.Add(1, ""), cancel: JobsSpace.Cancel);
        var position = "";
        await Assert.ThrowsAsync<JobStorageException>(async () =>
        {
            await foreach (var batch in events.FollowAsync("0-0", JobsSpace.Cancel))
            {
                position = batch.Position;
                await _server.KillAsync();
            }
        });

        await _server.StartAsync();
        await UntilItAnswersAsync();
        var second = await client.EnqueueAsync<SampleJobs>(jobs => jobs.Add(2, ""), cancel: JobsSpace.Cancel);

        await foreach (var batch in events.FollowAsync(position, JobsSpace.Cancel))
        {
            Assert.Equal((second.Id, false), (Assert.Single(batch.Events).Subject, batch.Gap));
            break;
        }
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_and_not_an_error_of_Redis()
    {
        await _server.StartAsync();
        await UntilItAnswersAsync();
        await _server.FreezeAsync();
        using var stop = new CancellationTokenSource();

        var call = _inspector.GetSnapshotAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_connection_whose_other_end_has_vanished_is_replaced_with_what_was_subscribed_to()
    {
        await _server.StartAsync();
        await using var proxy = new TcpProxy("127.0.0.1", _server.Port);
        await using var redis = new JobRedis(Options.Create(new JobStorageOptions { Redis = $"127.0.0.1:{proxy.Port}", TimeoutMilliseconds = 300 }), patience: TimeSpan.FromMilliseconds(600));
        var inspector = new JobInspector(redis, new JobCatalogue(redis, TimeProvider.System), TimeProvider.System);
        await UntilItAnswersAsync(inspector);
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await redis.SubscribeAsync("news", (_, message) => heard.TrySetResult(message!), JobsSpace.Cancel);

        proxy.Silence();
        await Assert.ThrowsAsync<JobStorageException>(() => inspector.GetSnapshotAsync(JobsSpace.Cancel));
        await Assert.ThrowsAsync<JobStorageException>(() => redis.SubscribeAsync("other news", (_, _) => { }, JobsSpace.Cancel));
        await UntilItAnswersAsync(inspector);

        await redis.RunAsync("PUBLISH", database => database.PublishAsync("news", "back"), JobsSpace.Cancel);
        Assert.Equal("back", await heard.Task.WaitAsync(JobsSpace.Cancel));
    }

    private Task<FleetSnapshot> UntilItAnswersAsync() => UntilItAnswersAsync(_inspector);

    // Each try has the time limit of its own; the test's own limit ends this.
    private static async Task<FleetSnapshot> UntilItAnswersAsync(JobInspector inspector)
    {
        using var tries = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            await tries.WaitForNextTickAsync(JobsSpace.Cancel);
            try
            {
                return await inspector.GetSnapshotAsync(JobsSpace.Cancel);
            }
            catch (JobStorageException)
            {
                // Not yet.
            }
        }
    }
}
