using OpsConsole.Data.Figures;
using OpsConsole.Data.History;
using OpsConsole.Tests.Data.History;

namespace OpsConsole.Tests.Data.Figures;

public sealed class RollupTests : IAsyncLifetime
{
    private static readonly FigureFilter All = FigureFilter.None;
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private readonly DataSpace _space = new();
    private long _epoch;

    private FigureStore Figures => _space.Get<FigureStore>();

    private DateTimeOffset Noon => FigureGrain.Day.Floor(_space.Time.GetUtcNow()).AddHours(-12);

    public async ValueTask InitializeAsync()
    {
        await _space.InitializeAsync();
        _epoch = (await _space.Get<HistoryStore>().TryAcquireAsync("test", 3_600, cancel: Cancel))!.Epoch;
    }

    public ValueTask DisposeAsync() => _space.DisposeAsync();

    [Fact]
    public async Task Attempts_count_by_type_queue_and_host_in_every_length()
    {
        await StoreAsync(
            Of("mail.send", "mail", "web-1", AttemptOutcome.Succeeded, Noon.AddSeconds(5), 100),
            Of("mail.send", "mail", "web-2", AttemptOutcome.Retrying, Noon.AddSeconds(10), 200),
            Of("report.make", "slow", "web-2", AttemptOutcome.Failed, Noon.AddMinutes(3), 4_000));

        foreach (var from in (DateTimeOffset[])[Noon, FigureGrain.Day.Floor(Noon), Noon.AddMinutes(-1)])
        {
            Assert.Equal(3, (await Figures.GetTotalAsync(All, from, Noon.AddHours(12), cancel: Cancel)).Ended);
            Assert.Equal(1, (await Figures.GetTotalAsync(new FigureFilter(Type: "mail.send"), from, Noon.AddHours(12), cancel: Cancel)).Failed);
            Assert.Equal(2, (await Figures.GetTotalAsync(new FigureFilter(Host: "web-2"), from, Noon.AddHours(12), cancel: Cancel)).Failed);
            Assert.Equal(1, (await Figures.GetTotalAsync(new FigureFilter("mail.send", "mail", "web-1"), from, Noon.AddHours(12), cancel: Cancel)).Succeeded);
        }
        var mail = await Figures.GetByAsync(FigureFacet.Host, new FigureFilter(Type: "mail.send"), Noon, Noon.AddHours(1), cancel: Cancel);
        Assert.Equal(["web-1", "web-2"], mail.Select(named => named.Name));
        Assert.Equal(["mail.send", "report.make"], (await Figures.GetByAsync(FigureFacet.Type, All, Noon, Noon.AddHours(1), cancel: Cancel)).Select(named => named.Name));
    }

    [Fact]
    public async Task Percentiles_of_a_range_come_from_the_sum_of_its_rows()
    {
        AttemptRow[] slow = [.. Enumerable.Range(0, 10).Select(i => Of("a", "q", "h", AttemptOutcome.Failed, Noon.AddMinutes(i), 10_000))];
        AttemptRow[] quick = [.. Enumerable.Range(0, 90).Select(i => Of("a", "q", "h", AttemptOutcome.Succeeded, Noon.AddMinutes(30 + (i % 10)), 100))];
        await StoreAsync(slow);
        await StoreAsync(quick);

        var total = await Figures.GetTotalAsync(All, Noon, Noon.AddHours(1), cancel: Cancel);

        Assert.InRange(total.Runs().Quantile(0.5)!.Value.TotalMilliseconds, 91, 109);
        Assert.InRange(total.Runs().Quantile(0.95)!.Value.TotalMilliseconds, 9_100, 10_900);
        Assert.InRange(total.SucceededRuns.Quantile(0.99)!.Value.TotalMilliseconds, 91, 109);
        Assert.Equal((10 * 10_000) + (90 * 100), total.RunMs);
    }

    [Fact]
    public async Task What_comes_late_corrects_its_minute_hour_and_day_and_a_restart_counts_nothing_twice()
    {
        await StoreAsync(Of("a", "q", "h", AttemptOutcome.Succeeded, Noon.AddDays(-2), 100));
        for (var minute = 0; minute < 10; minute++)
            await StoreAsync(Of("a", "q", "h", AttemptOutcome.Succeeded, Noon.AddMinutes(minute), 100));
        _space.Get<IEnumerable<IHistoryPart>>().OfType<RollupWriter>().Single().Forget();

        await StoreAsync(Of("a", "q", "h", AttemptOutcome.Failed, Noon.AddDays(-2).AddSeconds(1), 100), Of("a", "q", "h", AttemptOutcome.Succeeded, Noon.AddMinutes(10), 100));

        Assert.Equal(2, (await Figures.GetTotalAsync(All, Noon.AddDays(-2), Noon.AddDays(-2).AddMinutes(1), cancel: Cancel)).Ended);
        Assert.Equal(2, (await Figures.GetTotalAsync(All, FigureGrain.Day.Floor(Noon.AddDays(-2)), FigureGrain.Day.Floor(Noon.AddDays(-1)), cancel: Cancel)).Ended);
        Assert.Equal(13, (await Figures.GetTotalAsync(All, FigureGrain.Day.Floor(Noon.AddDays(-2)), Noon.AddHours(12), cancel: Cancel)).Ended);
    }

    [Fact]
    public async Task A_batch_that_was_undone_leaves_no_trace_in_those_after_it()
    {
        await StoreAsync(Of("a", "q", "h", AttemptOutcome.Succeeded, Noon, 100));
        var undone = SomeHistory.Batch(Of("a", "q", "h", AttemptOutcome.Succeeded, Noon, 100)) with { Gap = new HistoryGap("0-0", Noon, "1-0", Noon, null!) };
        await Assert.ThrowsAnyAsync<Exception>(() => _space.Get<HistoryStore>().WriteAsync(_epoch, undone, Cancel));

        await StoreAsync(Of("a", "q", "h", AttemptOutcome.Succeeded, Noon.AddSeconds(2), 100));

        Assert.Equal(2, (await Figures.GetTotalAsync(All, Noon, Noon.AddHours(1), cancel: Cancel)).Ended);
    }

    [Fact]
    public async Task More_names_than_there_is_room_for_count_together_under_other()
    {
        await StoreAsync([.. Enumerable.Range(0, FigureLimits.Types + 20).Select(i => Of($"type-{i:D4}", "q", "h", AttemptOutcome.Succeeded, Noon, 10))]);

        var types = await Figures.GetByAsync(FigureFacet.Type, All, Noon, Noon.AddHours(1), cancel: Cancel);

        Assert.Equal(FigureLimits.Other, types[0].Name);
        Assert.Equal(20, types[0].Totals.Ended);
        Assert.Equal(FigureLimits.Types + 20, (await Figures.GetTotalAsync(All, Noon, Noon.AddHours(1), cancel: Cancel)).Ended);
    }

    [Fact]
    public async Task Hours_of_a_week_and_days_follow_the_clock_of_the_viewer()
    {
        var saturday = FigureGrain.Day.Floor(Noon).AddDays(-(int)Noon.DayOfWeek - 1);
        await StoreAsync(Of("a", "q", "h", AttemptOutcome.Succeeded, saturday.AddHours(23.5), 10));
        var tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

        var week = await Figures.GetWeekAsync(All, saturday.AddDays(-7), saturday.AddDays(7), tokyo, cancel: Cancel);
        var days = await Figures.GetSeriesAsync(All, [saturday.AddHours(-9), saturday.AddHours(15), saturday.AddHours(39)], cancel: Cancel);

        Assert.Equal(1, week[DayOfWeek.Sunday, 8].Ended);
        Assert.Equal([0, 1], days.Select(day => day.Ended));
    }

    [Fact]
    public async Task Arrivals_and_first_sights_of_versions_are_kept()
    {
        await WriteAsync(SomeHistory.Batch(Of("a", "q", "web-2", AttemptOutcome.Succeeded, Noon.AddMinutes(5), 10) with { Version = "2.0" }) with
        {
            Arrivals = [new Arrivals(Noon, "a", "q", 40), new Arrivals(Noon.AddMinutes(1), "b", "q", 2)],
            HostStarts = [new HostStart(Noon, "web-1", "2.0"), new HostStart(Noon.AddDays(-3), "web-1", "1.0")],
        });

        Assert.Equal(42, (await Figures.GetTotalAsync(new FigureFilter(Queue: "q"), Noon, Noon.AddHours(1), cancel: Cancel)).Arrived);
        Assert.Equal([new Deploy(Noon, "2.0", 2, "web-1")], await Figures.GetDeploysAsync(Noon.AddDays(-1), Noon.AddDays(1), cancel: Cancel));
        // What a host ran when it was first seen was deployed at a time that nobody knows.
        Assert.Equal(["2.0"], (await Figures.GetDeploysAsync(Noon.AddDays(-9), Noon.AddDays(1), "web-1", cancel: Cancel)).Select(deploy => deploy.Version));
    }

    [Fact]
    public async Task Rows_that_are_too_old_are_removed_and_longer_ones_take_their_place()
    {
        await StoreAsync(Of("a", "q", "h", AttemptOutcome.Succeeded, Noon.AddDays(-20), 10), Of("a", "q", "h", AttemptOutcome.Succeeded, Noon, 10));

        Assert.Equal(5, await Figures.PruneAsync(FigureGrain.Minute, 1_000, cancel: Cancel));

        Assert.Equal(0, await Figures.PruneAsync(FigureGrain.Hour, 1_000, cancel: Cancel));
        Assert.Equal(1, (await Figures.GetTotalAsync(All, Noon.AddDays(-20).AddMinutes(-30), Noon.AddDays(-20).AddMinutes(30), cancel: Cancel)).Ended);
        Assert.Equal(1, (await Figures.GetTotalAsync(All, Noon, Noon.AddMinutes(1), cancel: Cancel)).Ended);
        Assert.Equal(Noon.AddDays(-20), await Figures.GetKnownSinceAsync(Cancel));
    }

    private static AttemptRow Of(string type, string queue, string host, AttemptOutcome outcome, DateTimeOffset at, long run) =>
        SomeHistory.Attempt(at, outcome: outcome) with { Type = type, Queue = queue, Host = host, WaitMs = run / 10, RunMs = run };

    private Task StoreAsync(params AttemptRow[] attempts) => WriteAsync(SomeHistory.Batch([.. attempts.Select((attempt, i) => attempt with { Sequence = i })]));

    private async Task WriteAsync(HistoryBatch batch) => Assert.Equal(HistoryWrite.Stored, await _space.Get<HistoryStore>().WriteAsync(_epoch, batch, cancel: Cancel));
}
