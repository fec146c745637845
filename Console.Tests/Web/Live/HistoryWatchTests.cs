using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Tests.Data;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

/// <summary>The watch on real servers. Its clock is put to that of the machine, because a lease ends by the database's.</summary>
public sealed class HistoryWatchTests : IAsyncLifetime
{
    private readonly DataSpace _data = new();
    private readonly RedisSpace _redis = new();
    private HistoryWatch? _watch;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HistoryBoard Board { get; } = new(TimeProvider.System);

    private HistoryStore Store => _data.Get<HistoryStore>();

    public async ValueTask InitializeAsync()
    {
        await _data.InitializeAsync();
        _data.Time.Advance(TimeProvider.System.GetUtcNow() - _data.Time.GetUtcNow());
        _watch = new HistoryWatch(Store, _data.Get<GapStore>(), new JobEventReader(_redis.Redis, TimeProvider.System), Board, _data.Time, NullLogger<HistoryWatch>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _watch?.Dispose();
        await _redis.DisposeAsync();
        await _data.DisposeAsync();
    }

    [Fact]
    public async Task An_end_of_the_stream_that_is_not_stored_is_a_lag_until_it_is()
    {
        var epoch = (await Store.TryAcquireAsync("host:3:abc123", 60, Cancel))!.Epoch;
        var end = (string)(await (await RedisSpace.DatabaseAsync()).ExecuteAsync("XADD", _redis.Keys.Events, "*", "e", "log"))!;

        await ReadAsync();
        var behind = await ReadAsync(40);
        await Store.WriteAsync(epoch, new HistoryBatch { Position = end, PositionAt = _data.Time.GetUtcNow(), Events = 1 }, Cancel);
        var stored = await ReadAsync();

        Assert.Equal((TimeSpan.FromSeconds(40), true, AttentionKind.HistoryBehind), (behind.Lag, behind.IsBehind, Assert.Single(behind.Attention).Kind));
        Assert.Equal((TimeSpan.Zero, 0), (stored.Lag, stored.Attention.Count));
    }

    [Fact]
    public async Task When_nobody_stores_it_becomes_loud_after_a_takeover_would_have_happened()
    {
        Assert.Empty((await ReadAsync()).Attention);
        Assert.Empty((await ReadAsync(15)).Attention);

        Assert.Equal(AttentionKind.HistoryMissing, Assert.Single((await ReadAsync(10)).Attention).Kind);
    }

    [Fact]
    public async Task A_gap_is_named_for_a_day()
    {
        var epoch = (await Store.TryAcquireAsync("host:3:abc123", 60, Cancel))!.Epoch;
        var now = _data.Time.GetUtcNow();
        await Store.WriteAsync(epoch, new HistoryBatch { Position = "2-0", PositionAt = now, Events = 1, Gap = new HistoryGap("1-0", now.AddHours(-2), "2-0", now.AddHours(-1), "Trimmed.") }, Cancel);

        var item = Assert.Single((await ReadAsync()).Attention);

        Assert.Equal((AttentionKind.HistoryGap, "The history has a gap"), (item.Kind, item.Title));
        Assert.Contains("Trimmed.", item.Text, StringComparison.Ordinal);
        Assert.DoesNotContain((await ReadAsync(90_000)).Attention, one => one.Kind == AttentionKind.HistoryGap);
    }

    private async Task<HistoryHealth> ReadAsync(double seconds = 0)
    {
        _data.Time.Advance(TimeSpan.FromSeconds(seconds));
        await _watch!.ReadAsync(Cancel);
        return Board.Current;
    }
}
