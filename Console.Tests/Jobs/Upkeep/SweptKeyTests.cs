using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Upkeep;

/// <summary>What is wrong with keys, queues and workers, rather than with one job.</summary>
public sealed class SweptKeyTests : IAsyncLifetime
{
    private SweepSpace _space = default!;

    private IDatabase Database => _space.Database;

    private OpsConsole.Jobs.Protocol.RedisKeys Keys => _space.Keys;

    public async ValueTask InitializeAsync() => _space = await SweepSpace.OpenAsync();

    public ValueTask DisposeAsync() => _space.DisposeAsync();

    [Fact]
    public async Task A_queue_that_is_not_in_the_list_of_queues_comes_back()
    {
        await _space.EnqueueAsync(new EnqueueOptions { Queue = "reports" });
        await Database.KeyDeleteAsync(Keys.Queues);

        Assert.Contains("queue-unlisted", (await _space.SweepAsync()).Select(one => one.Kind));

        Assert.True(await Database.SetContainsAsync(Keys.Queues, "reports"));
        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task A_list_of_another_type_is_set_aside_and_its_jobs_come_back()
    {
        string[] ids = [await _space.EnqueueAsync(), await _space.EnqueueAsync()];
        await Database.KeyDeleteAsync(Keys.Queue("default"));
        await Database.StringSetAsync(Keys.Queue("default"), "what is this");

        var found = await _space.SweepAsync();

        Assert.Equal([("wrong-type", true), ("enqueued-nowhere", false), ("enqueued-nowhere", false)], found.Select(one => (one.Kind, one.IsQuarantined)));
        Assert.Equal("what is this", await Database.StringGetAsync(Keys.Aside("queue:default")));
        Assert.Equal(ids.Order(StringComparer.Ordinal), (await _space.QueueAsync()).Order(StringComparer.Ordinal));
        await _space.IsSoundAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData(":state")]
    [InlineData(":history")]
    public async Task A_part_of_a_job_of_another_type_is_set_aside(string part)
    {
        var id = await _space.EnqueueAsync();
        await Database.KeyDeleteAsync(Keys.Job(id) + part);
        await Database.StringSetAsync(Keys.Job(id) + part, "what is this");

        Assert.Equal(id, (await _space.FindsAsync("wrong-type", $"job:{id}{part}")).JobId);

        await _space.SweepAsync();
        await _space.IsSoundAsync();
        Assert.Equal(part.Length == 0 ? [] : [id], await _space.QueueAsync());
    }

    [Theory]
    [InlineData("schedule")]
    [InlineData("failed")]
    [InlineData("queues")]
    [InlineData("ops:leases")]
    [InlineData("ops:events")]
    public async Task A_place_of_another_type_is_set_aside(string place)
    {
        await _space.ScheduleAsync();
        await Database.KeyDeleteAsync(Keys.Prefix + place);
        await Database.StringSetAsync(Keys.Prefix + place, "what is this");

        Assert.Contains(await _space.SweepAsync(), one => one.Kind == "wrong-type" && one.Subject == place);
        await _space.SweepAsync();

        await _space.IsSoundAsync();
    }

    [Theory]
    [InlineData("server-without-record")]
    [InlineData("server-silent")]
    [InlineData("server-unlisted")]
    [InlineData("worker-unlisted")]
    public async Task A_worker_that_is_half_there_is_taken_out(string kind)
    {
        const string ghost = "ghost:1:00000000-0000-0000-0000-000000000001";
        if (kind is "server-without-record" or "server-silent")
            await Database.SetAddAsync(Keys.Servers, ghost);
        if (kind is "server-silent" or "server-unlisted")
            await Database.HashSetAsync(Keys.Server(ghost), [new("WorkerCount", 1), new("Heartbeat", "long ago")]);
        if (kind == "worker-unlisted")
            await Database.HashSetAsync(Keys.Worker(ghost), "Heartbeat", "1");

        await _space.FindsAsync(kind, ghost);

        Assert.False(await Database.SetContainsAsync(Keys.Servers, ghost));
        await AreGoneAsync(Keys.Server(ghost), Keys.Worker(ghost));
        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task What_is_kept_for_a_job_that_is_gone_is_let_go()
    {
        await Database.StringSetAsync(Keys.Unique("report:7"), "ghost");
        await Database.HashSetAsync(Keys.Cancels, "ghost", "{}");
        await Database.HashSetAsync(Keys.Lost, "ghost", 2);

        Assert.Equal(["note-without-job", "note-without-job", "unique-without-job"], (await _space.SweepAsync()).Select(one => one.Kind).Order(StringComparer.Ordinal));

        await AreGoneAsync(Keys.Unique("report:7"), Keys.Cancels, Keys.Lost);
    }

    private async Task AreGoneAsync(params string[] keys)
    {
        foreach (var key in keys)
            Assert.False(await Database.KeyExistsAsync(key), key);
    }
}
