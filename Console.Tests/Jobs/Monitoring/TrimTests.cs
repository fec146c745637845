using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Monitoring;

/// <summary>How long the stream of events becomes. Redis takes entries out by the hundred, so the counts are about.</summary>
public sealed class TrimTests : IAsyncDisposable
{
    private readonly JobsSpace _jobs = new();

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task Without_a_history_the_stream_keeps_its_length()
    {
        await FillAsync(5_000);

        Assert.InRange(await TrimAsync(1_000, 3_000), 1_000, 1_100);
    }

    [Fact]
    public async Task What_is_not_stored_yet_stays_beyond_it()
    {
        await FillAsync(5_000);
        await _jobs.Events.SayStoredAsync("3000-0", JobsSpace.Cancel);

        Assert.InRange(await TrimAsync(1_000, 4_000), 2_000, 2_100);
    }

    [Fact]
    public async Task And_goes_when_the_stream_is_at_its_longest()
    {
        await FillAsync(5_000);
        await _jobs.Events.SayStoredAsync("500-0", JobsSpace.Cancel);

        Assert.InRange(await TrimAsync(1_000, 3_000), 3_000, 3_100);
    }

    [Fact]
    public async Task What_is_stored_stays_within_the_length()
    {
        await FillAsync(5_000);
        await _jobs.Events.SayStoredAsync("5000-0", JobsSpace.Cancel);

        Assert.InRange(await TrimAsync(1_000, 3_000), 1_000, 1_200);
    }

    [Fact]
    public async Task Nonsense_in_the_place_of_the_position_stops_nothing()
    {
        await FillAsync(2_000);
        await (await RedisSpace.DatabaseAsync()).StringSetAsync(_jobs.Keys.Stored, "nonsense");

        Assert.InRange(await TrimAsync(1_000, 3_000), 1_000, 1_100);
    }

    private async Task FillAsync(int events)
    {
        var database = await RedisSpace.DatabaseAsync();
        await Task.WhenAll(Enumerable.Range(1, events).Select(ms => database.ExecuteAsync("XADD", _jobs.Keys.Events, $"{ms}-0", "e", "log", "id", "j")));
    }

    private async Task<long> TrimAsync(int length, int longest)
    {
        var script = OpsConsole.Jobs.Protocol.RedisScript.Load("trim");
        return (long)await (await RedisSpace.DatabaseAsync()).ScriptEvaluateAsync(script.Text, [_jobs.Keys.Prefix], [(RedisValue)length, longest]);
    }
}
