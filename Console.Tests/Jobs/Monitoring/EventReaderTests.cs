using System.Globalization;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Jobs.Monitoring;

public sealed class EventReaderTests : IAsyncDisposable
{
    private readonly JobsSpace _jobs = new();

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task A_reader_sees_what_happens_after_its_position_and_nothing_before()
    {
        await _jobs.EnqueueAsync();
        var position = await _jobs.Events.GetPositionAsync(JobsSpace.Cancel);
        await using var following = _jobs.Events.FollowAsync(position, JobsSpace.Cancel).GetAsyncEnumerator(JobsSpace.Cancel);

        var next = following.MoveNextAsync();
        var id = await _jobs.EnqueueAsync(new EnqueueOptions { Queue = "later" });

        Assert.True(await next);
        var written = Assert.Single(following.Current.Events);
        Assert.Equal((id, "later", false), (written.Subject, written.Queue, following.Current.Gap));
        Assert.Equal(written.Position, following.Current.Position);
    }

    [Fact]
    public async Task A_snapshot_names_the_position_it_includes()
    {
        await _jobs.EnqueueAsync();

        var snapshot = await _jobs.Inspector.GetSnapshotAsync(JobsSpace.Cancel);

        Assert.Equal(await _jobs.Events.GetPositionAsync(JobsSpace.Cancel), snapshot.Position);
    }

    [Fact]
    public async Task Many_events_come_in_batches_of_at_most_1_000()
    {
        var database = await RedisSpace.DatabaseAsync();
        for (var i = 0; i < 1_500; i++)
            await database.ExecuteAsync("XADD", _jobs.Keys.Events, "*", "e", "enqueued", "id", i.ToString(CultureInfo.InvariantCulture), "t", "", "q", "", "s", "", "w", "", "d", "");
        var sizes = new List<int>();

        await foreach (var batch in _jobs.Events.FollowAsync("0-0", JobsSpace.Cancel))
        {
            sizes.Add(batch.Events.Count);
            Assert.False(batch.Gap);
            if (sizes.Sum() == 1_500)
                break;
        }

        Assert.Equal([1_000, 500], sizes);
    }

    [Fact]
    public async Task A_reader_whose_position_was_trimmed_away_is_told_of_the_gap()
    {
        await _jobs.EnqueueAsync();
        var position = await _jobs.Events.GetPositionAsync(JobsSpace.Cancel);
        await _jobs.EnqueueAsync();
        var id = await _jobs.EnqueueAsync();
        await (await RedisSpace.DatabaseAsync()).ExecuteAsync("XTRIM", _jobs.Keys.Events, "MAXLEN", "1");

        await foreach (var batch in _jobs.Events.FollowAsync(position, JobsSpace.Cancel))
        {
            Assert.True(batch.Gap);
            Assert.Equal(id, Assert.Single(batch.Events).Subject);
            break;
        }
    }

    [Fact]
    public async Task A_reader_from_a_stream_that_is_gone_is_told_of_the_gap_at_once()
    {
        await foreach (var batch in _jobs.Events.FollowAsync("9999999999999-5", JobsSpace.Cancel))
        {
            Assert.Equal((true, "0-0", 0), (batch.Gap, batch.Position, batch.Events.Count));
            break;
        }
    }

    [Fact]
    public async Task An_entry_that_cannot_be_read_stops_nothing()
    {
        var database = await RedisSpace.DatabaseAsync();
        await database.ExecuteAsync("XADD", _jobs.Keys.Events, "*", "x", "1");
        await database.ExecuteAsync("XADD", _jobs.Keys.Events, "*", "d", "{", "e", "log", "id", "7");

        var events = await _jobs.EventsAsync();

        Assert.Equal(["", "log"], events.Select(written => written.Kind));
        Assert.Null(events[1].Text("reason"));
    }
}
