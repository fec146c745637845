using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Tests.Data;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using OpsConsole.Web.History;

namespace OpsConsole.Tests.Web.History;

/// <summary>From the stream into the tables, on real servers.</summary>
public sealed class HistoryIngestorTests : IAsyncLifetime
{
    private readonly DataSpace _data = new();
    private readonly JobsSpace _jobs = new();
    private readonly List<HistoryIngestor> _running = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HistoryStore Store => _data.Get<HistoryStore>();

    public async ValueTask InitializeAsync()
    {
        await _data.InitializeAsync();
        _data.Time.Advance(TimeProvider.System.GetUtcNow() - _data.Time.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _running)
            await one.StopAsync(CancellationToken.None);
        await _jobs.DisposeAsync();
        await _data.DisposeAsync();
    }

    [Fact]
    public async Task What_happens_is_stored_with_the_position_behind_it()
    {
        var id = await _jobs.EnqueueAsync();
        await _jobs.Control.DeleteAsync(id, JobsSpace.Ada, Cancel);
        Start();

        var row = Assert.Single(await RowsAsync(id, 1));

        Assert.Equal((AttemptOutcome.Deleted, 0, """{"arg0": 1, "arg1": "text"}"""), (row.Outcome, row.Attempt, row.Arguments));
        Assert.Equal(await _jobs.Events.GetPositionAsync(Cancel), (await Store.GetStateAsync(Cancel)).Position);
    }

    [Fact]
    public async Task A_second_console_goes_on_where_the_first_one_stopped()
    {
        var first = Start();
        await AddAsync("a", 1_000);
        await RowsAsync("a", 1);
        await first.StopAsync(Cancel);
        await AddAsync("b", 2_000);
        Start();

        Assert.Single(await RowsAsync("b", 1));
        Assert.Single(await RowsAsync("a", 1));
    }

    [Fact]
    public async Task A_gap_that_the_trimming_made_is_recorded()
    {
        var first = Start();
        var before = await AddAsync("a", 1_000);
        await RowsAsync("a", 1);
        await first.StopAsync(Cancel);
        await AddAsync("lost", 1_000);
        var after = await AddAsync("b", 1_000);
        await (await RedisSpace.DatabaseAsync()).ExecuteAsync("XTRIM", _jobs.Keys.Events, "MINID", "=", after);
        Start();
        await RowsAsync("b", 1);

        var gap = Assert.Single(await GapsAsync()).Gap;

        Assert.Equal((before, after, StreamFollower.Trimmed), (gap.From, gap.Until, gap.Why));
    }

    [Fact]
    public async Task A_stream_that_was_emptied_is_followed_from_its_new_beginning_and_leaves_a_gap()
    {
        var first = Start();
        var before = await AddAsync("a", 1_000);
        await RowsAsync("a", 1);
        await first.StopAsync(Cancel);
        await (await RedisSpace.DatabaseAsync()).KeyDeleteAsync(_jobs.Keys.Events);
        Start();
        await AddAsync("b", 1_000);
        await RowsAsync("b", 1);

        Assert.Equal(before, Assert.Single(await GapsAsync()).Gap.From);
    }

    [Fact]
    public async Task The_very_first_start_knows_no_gap()
    {
        await AddAsync("a", 1_000);
        await (await RedisSpace.DatabaseAsync()).ExecuteAsync("XTRIM", _jobs.Keys.Events, "MAXLEN", "0");
        await AddAsync("b", 1_000);
        Start();
        await RowsAsync("b", 1);

        Assert.Empty(await GapsAsync());
    }

    private Task<IReadOnlyList<RecordedGap>> GapsAsync() => _data.Get<GapStore>().ListAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 10, Cancel);

    private HistoryIngestor Start()
    {
        var services = new IngestServices(Store, new JobEventReader(_jobs.Space.Redis, TimeProvider.System), new JobFactsReader(_jobs.Space.Redis, _jobs.Catalogue), _jobs.Catalogue,
            _jobs.Inspector, null, Options.Create(new HistoryOptions()), TimeProvider.System);
        var one = new HistoryIngestor(services, NullLogger<HistoryIngestor>.Instance);
        _running.Add(one);
        _ = one.StartAsync(CancellationToken.None);
        return one;
    }

    private async Task<string> AddAsync(string id, int run) => (string)(await (await RedisSpace.DatabaseAsync()).ExecuteAsync(
        "XADD", _jobs.Keys.Events, "*", "e", "succeeded", "id", id, "t", "Ns.T.M", "q", "mail", "s", "Processing", "w", "web:1:g", "d", $$"""{"attempt":1,"wait":5,"run":{{run}}}"""))!;

    private async Task<IReadOnlyList<AttemptRow>> RowsAsync(string id, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var rows = await _data.Get<AttemptReader>().GetByJobAsync(id, 10, limit.Token);
            if (rows.Count >= count)
                return rows;
            await Task.Delay(50, limit.Token);
        }
    }
}
