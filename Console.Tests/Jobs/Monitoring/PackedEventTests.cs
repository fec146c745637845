using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Monitoring;

/// <summary>Events of one call stand in one entry of the stream; each still has a position of its own.</summary>
public sealed class PackedEventTests : IAsyncDisposable
{
    private readonly JobsSpace _jobs = new();

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task Jobs_made_in_one_call_are_one_entry_with_an_event_for_each()
    {
        var ids = await MakeAsync(50);

        var events = await _jobs.EventsAsync();

        Assert.Equal(1, await LengthAsync());
        Assert.Equal(ids, events.Select(written => written.Subject));
        Assert.All(events, written => Assert.Equal((JobEventKinds.Enqueued, "default"), (written.Kind, written.Queue)));
        Assert.Equal(await _jobs.Events.GetPositionAsync(JobsSpace.Cancel), events[^1].Position);
    }

    [Fact]
    public async Task Positions_rise_from_event_to_event_across_calls()
    {
        for (var call = 0; call < 5; call++)
            await MakeAsync(30);

        var positions = (await _jobs.EventsAsync()).Select(written => StreamEntryId.Read(written.Position)).ToList();

        Assert.Equal(150, positions.Distinct().Count());
        Assert.Equal(positions.Order(), positions);
    }

    [Fact]
    public async Task A_reader_can_go_on_in_the_middle_of_an_entry()
    {
        var ids = await MakeAsync(20);
        var events = await _jobs.EventsAsync();

        await foreach (var batch in _jobs.Events.FollowAsync(events[11].Position, JobsSpace.Cancel))
        {
            Assert.Equal(ids[12..], batch.Events.Select(written => written.Subject));
            Assert.False(batch.Gap);
            break;
        }
    }

    [Fact]
    public async Task More_events_than_an_entry_holds_come_in_batches_of_1_000()
    {
        for (var call = 0; call < 6; call++)
            await MakeAsync(200);
        var sizes = new List<int>();

        await foreach (var batch in _jobs.Events.FollowAsync("0-0", JobsSpace.Cancel))
        {
            sizes.Add(batch.Events.Count);
            if (sizes.Sum() == 1_200)
                break;
        }

        Assert.Equal([1_000, 200], sizes);
        Assert.InRange(await LengthAsync(), 12, 18);
    }

    [Fact]
    public async Task Events_stand_behind_what_a_clock_ahead_has_written()
    {
        await (await RedisSpace.DatabaseAsync()).ExecuteAsync("XADD", _jobs.Keys.Events, "9999999999999-7", "e", "log", "id", "ahead");

        var ids = await MakeAsync(3);

        var events = await _jobs.EventsAsync();
        Assert.Equal(["ahead", .. ids], events.Select(written => written.Subject));
        Assert.Equal(["9999999999999-7", "9999999999999-8", "9999999999999-9", "9999999999999-10"], events.Select(written => written.Position));
    }

    [Fact]
    public async Task A_name_with_control_characters_is_written_apart_and_as_it_is()
    {
        var database = await RedisSpace.DatabaseAsync();
        foreach (var (id, type) in (ReadOnlySpan<(string, string)>)[("one", "Shop.Orders"), ("two", "Sh\top.Ord\ners"), ("three", "Shop.Orders")])
        {
            database.HashSet(_jobs.Keys.Job(id), [new("State", "Scheduled"), new("Type", type), new("Method", "Ship")]);
            database.SortedSetAdd(_jobs.Keys.Schedule, id, id.Length);
        }

        await database.ScriptEvaluateAsync(RedisScript.Load("promote-due").Text, [_jobs.Keys.Prefix], [(RedisValue)10]);

        var events = await _jobs.EventsAsync();
        Assert.Equal(["Sh\top.Ord\ners.Ship", "Shop.Orders.Ship", "Shop.Orders.Ship"], events.Select(written => written.Type).Order(StringComparer.Ordinal));
        Assert.All(events, written => Assert.Equal(("Scheduled", "Its time has come"), (written.PreviousState, written.Text("reason"))));
    }

    [Fact]
    public async Task The_stream_is_kept_to_its_length_in_events_and_not_in_entries()
    {
        for (var call = 0; call < 20; call++)
            await MakeAsync(100);

        await (await RedisSpace.DatabaseAsync()).ScriptEvaluateAsync(RedisScript.Load("trim").Text, [_jobs.Keys.Prefix], [(RedisValue)500, 1_000]);

        Assert.InRange((await _jobs.EventsAsync()).Count, 500, 800);
    }

    private async Task<string[]> MakeAsync(int jobs)
    {
        await _jobs.PublishAsync(SampleJobs.Published(nameof(SampleJobs.Add)));
        var results = await _jobs.Client.EnqueueManyAsync([.. Enumerable.Range(0, jobs).Select(number => new JobRequest("sample.add", $$"""{"number":{{number}},"text":"t"}"""))], JobsSpace.Cancel);
        return [.. results.Select(result => result.Id)];
    }

    private async Task<long> LengthAsync() => (long)await (await RedisSpace.DatabaseAsync()).ExecuteAsync("XLEN", _jobs.Keys.Events);
}
