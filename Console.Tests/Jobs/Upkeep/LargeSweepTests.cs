using OpsConsole.Jobs.Client;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Upkeep;

/// <summary>A store with so many jobs that a look goes past those that the queues account for.</summary>
public sealed class LargeSweepTests : IAsyncLifetime
{
    private SweepSpace _space = default!;

    private IDatabase Database => _space.Database;

    private OpsConsole.Jobs.Protocol.RedisKeys Keys => _space.Keys;

    public async ValueTask InitializeAsync() => _space = await SweepSpace.OpenLargeAsync();

    public ValueTask DisposeAsync() => _space.DisposeAsync();

    [Fact]
    public async Task What_is_sound_is_left_alone_and_more_than_a_page_of_a_queue_is_known()
    {
        var parent = await _space.EnqueueAsync(new EnqueueOptions { Queue = "reports", UniqueKey = "one" });
        await _space.AwaitAsync(parent);
        await _space.ScheduleAsync();
        await _space.ClaimAsync();
        for (var i = 0; i < 1_100; i++)
            await _space.EnqueueAsync();

        Assert.Empty(await _space.SweepAsync());
        Assert.Empty(await _space.SweepAllAsync());
    }

    [Fact]
    public async Task A_job_in_no_queue_is_found_among_those_that_wait()
    {
        var id = await _space.EnqueueAsync();
        var other = await _space.EnqueueAsync();
        await Database.ListRemoveAsync(Keys.Queue("default"), id);

        await _space.FindsAsync("enqueued-nowhere", id);

        Assert.Equal([other, id], await _space.QueueAsync());
        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task A_queued_id_without_its_job_a_second_entry_and_a_job_that_would_expire_are_found()
    {
        var gone = await _space.EnqueueAsync();
        var twice = await _space.EnqueueAsync();
        var expires = await _space.EnqueueAsync();
        await Database.KeyDeleteAsync([(RedisKey)Keys.Job(gone), Keys.JobStateData(gone), Keys.JobHistory(gone)]);
        await Database.ListLeftPushAsync(Keys.Queue("default"), twice);
        await Database.KeyExpireAsync(Keys.Job(expires), TimeSpan.FromHours(1));

        var found = await _space.SweepAsync();

        Assert.Equal([("entry-without-job", gone), ("twice-queued", twice), ("unfinished-expires", expires)], found.Select(one => (one.Kind, one.Subject)).Order());
        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task Jobs_that_do_not_wait_are_looked_at_one_by_one()
    {
        var scheduled = await _space.ScheduleAsync();
        await Database.SortedSetRemoveAsync(Keys.Schedule, scheduled);
        await Database.StringSetAsync(Keys.Unique("report:7"), "ghost");
        await Database.HashSetAsync(Keys.JobStateData("ghost"), "State", "Failed");

        var found = await _space.SweepAsync();

        Assert.Equal(["part-without-job", "scheduled-nowhere", "unique-without-job"], found.Select(one => one.Kind).Order(StringComparer.Ordinal));
        await _space.IsSoundAsync();
    }

    [Fact]
    public async Task What_the_queues_hide_is_found_by_the_look_at_every_key()
    {
        var id = await _space.EnqueueAsync();
        await Database.KeyDeleteAsync(Keys.JobHistory(id));
        await Database.StringSetAsync(Keys.JobHistory(id), "what is this");
        Assert.Empty(await _space.SweepAsync());

        var found = Assert.Single(await _space.SweepAllAsync());

        Assert.Equal(("wrong-type", $"job:{id}:history"), (found.Kind, found.Subject));
    }
}
