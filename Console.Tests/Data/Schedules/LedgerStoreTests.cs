using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

public sealed class LedgerStoreTests(DataSpace space) : IClassFixture<DataSpace>, IAsyncLifetime
{
    private long _epoch;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private LedgerStore Ledger => space.Get<LedgerStore>();

    private ScheduleStore Schedules => space.Get<ScheduleStore>();

    private RunnerStore Runner => space.Get<RunnerStore>();

    private DateTimeOffset Now => space.Time.GetUtcNow();

    public async ValueTask InitializeAsync() => _epoch = (await Runner.TryAcquireAsync("test", 600, Cancel))!.Value;

    public async ValueTask DisposeAsync()
    {
        await Runner.ReleaseAsync(_epoch, CancellationToken.None);
        space.Time.Advance(TimeSpan.FromDays(3));
    }

    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest_without_gap_or_repeat()
    {
        var schedule = await FiredAsync([.. Enumerable.Range(0, 7).Select(i => (i, OccurrenceState.Ran))]);

        var seen = new List<DateTimeOffset>();
        LedgerPage page;
        LedgerPlace? before = null;
        do
        {
            page = await Ledger.ListAsync(schedule, new LedgerQuery { Before = before, Limit = 3 }, Cancel);
            seen.AddRange(page.Items.Select(o => o.NominalAt));
            before = page.Next;
        }
        while (before is not null);

        Assert.Equal(Enumerable.Range(0, 7).Select(i => Now.AddMinutes(6 - i)), seen);
    }

    [Fact]
    public async Task Filters_leave_what_fits_all_of_them()
    {
        var schedule = await FiredAsync((0, OccurrenceState.Ran), (1, OccurrenceState.Missed), (2, OccurrenceState.Skipped), (3, OccurrenceState.Missed));

        var missed = await Ledger.ListAsync(schedule, new LedgerQuery { States = [OccurrenceState.Missed], From = Now.AddMinutes(2) }, Cancel);
        var none = await Ledger.ListAsync(schedule, new LedgerQuery { States = [OccurrenceState.Missed], Kinds = [OccurrenceKind.Manual] }, Cancel);
        var early = await Ledger.ListAsync(schedule, new LedgerQuery { To = Now.AddMinutes(1), Outcomes = [] }, Cancel);

        Assert.Equal([Now.AddMinutes(3)], missed.Items.Select(o => o.NominalAt));
        Assert.Empty(none.Items);
        Assert.Equal([Now], early.Items.Select(o => o.NominalAt));
        Assert.Equal(2, (await Ledger.ListAsync(schedule, new LedgerQuery { OnlyMissed = true }, Cancel)).Items.Count);
    }

    [Fact]
    public async Task Strips_hold_the_last_ones_of_each_schedule()
    {
        var one = await FiredAsync([.. Enumerable.Range(0, 5).Select(i => (i, OccurrenceState.Ran))]);
        var other = await FiredAsync((0, OccurrenceState.Paused));

        var strips = await Ledger.StripsAsync([one, other, Guid.NewGuid()], 3, Cancel);

        Assert.Equal(2, strips.Count);
        Assert.Equal([Now.AddMinutes(4), Now.AddMinutes(3), Now.AddMinutes(2)], strips[one].Select(o => o.NominalAt));
        Assert.Equal([OccurrenceState.Paused], strips[other].Select(o => o.State));
    }

    [Fact]
    public async Task Run_times_tell_lateness_and_duration()
    {
        var schedule = await FiredAsync((0, OccurrenceState.Pending), (1, OccurrenceState.Skipped));
        var id = new OccurrenceId(schedule, Now, Guid.Empty);
        await Runner.MarkEnqueuedAsync(_epoch, [new(id, OccurrenceState.Late, Now.AddSeconds(90), "The runner was down.", true)], Cancel);
        await Runner.SettleAsync(_epoch, [new(id, JobOutcome.Succeeded, Now.AddSeconds(91), Now.AddSeconds(96), 1, false, 0)], Cancel);

        var run = Assert.Single(await Ledger.RunTimesAsync(schedule, 10, Cancel));

        Assert.Equal(new RunTime(Now, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(5), JobOutcome.Succeeded), run);
        Assert.Equal("The runner was down.", (await Ledger.GetAsync(id, Cancel))!.Cause);
    }

    [Fact]
    public async Task Misses_are_news_until_somebody_has_seen_them()
    {
        var one = await FiredAsync((0, OccurrenceState.Missed), (1, OccurrenceState.FailedToEnqueue), (2, OccurrenceState.Pending), (3, OccurrenceState.Ran));
        var other = await FiredAsync((0, OccurrenceState.Missed));
        Assert.True(await Runner.MarkDeadlinesMissedAsync(_epoch, [new OccurrenceId(one, Now.AddMinutes(3), Guid.Empty)], "Too late.", Cancel));
        await Runner.MarkEnqueuedAsync(_epoch, [new(new OccurrenceId(one, Now.AddMinutes(2), Guid.Empty), OccurrenceState.FailedToEnqueue, null, "Redis is away.", false)], Cancel);

        var page = await Ledger.RecentMissedAsync(Now.AddHours(-1), 1, Cancel);
        Assert.Equal((1, 2), (page.Items.Count, page.Schedules));
        var all = (await Ledger.RecentMissedAsync(Now.AddHours(-1), 10, Cancel)).Items.Single(m => m.Id == one);
        Assert.Equal((1, 2, 1), (all.Missed, all.FailedToEnqueue, all.DeadlinesMissed));

        await Schedules.AcknowledgeMissedAsync([one], Now.AddHours(1), Cancel);
        Assert.Equal([other], (await Ledger.RecentMissedAsync(Now.AddHours(-1), 10, Cancel)).Items.Select(m => m.Id));
        Assert.Empty((await Ledger.RecentMissedAsync(Now.AddHours(1), 10, Cancel)).Items);
    }

    [Fact]
    public async Task Nobody_fires_an_overdue_schedule()
    {
        var schedule = (await Schedules.ScheduleAsync()).Id;
        await Runner.FireAsync(_epoch, [Some.Fire(schedule, Now, Now.AddMinutes(10))], Cancel);

        Assert.Empty((await Ledger.OverdueAsync(Now.AddMinutes(10).AddSeconds(60), 10, Cancel)).Items);
        var overdue = await Ledger.OverdueAsync(Now.AddMinutes(10).AddSeconds(61), 10, Cancel);
        Assert.Equal((1, schedule), (overdue.Schedules, overdue.Items[0].Id));
        await Schedules.PauseAsync([schedule], "ada", "", Now.AddDays(1), Cancel);
        Assert.Empty((await Ledger.OverdueAsync(Now.AddHours(1), 10, Cancel)).Items);
        Assert.Single((await Ledger.OverdueAsync(Now.AddDays(1), 10, Cancel)).Items);
        await Schedules.DeleteAsync([schedule], Cancel);
        Assert.Empty((await Ledger.OverdueAsync(Now.AddDays(1), 10, Cancel)).Items);
    }

    [Fact]
    public async Task A_backfill_tells_how_far_it_is()
    {
        var schedule = (await Schedules.ScheduleAsync()).Id;
        var backfill = new ScheduleBackfill
        {
            Id = Guid.CreateVersion7(),
            ScheduleId = schedule,
            From = Now.AddDays(-2),
            To = Now.AddDays(-1),
            Overlap = OverlapPolicy.BufferAll,
            Occurrences = 2,
            RequestedAt = Now,
            RequestedBy = "ada",
        };
        Occurrence[] occurrences = [Of(backfill, backfill.From), Of(backfill, backfill.To)];
        await Runner.RequestAsync(occurrences, backfill, Cancel);
        await Runner.SettleAsync(_epoch, [new(occurrences[0].Identity, JobOutcome.Succeeded, Now, Now, 1, false, 0)], Cancel);

        var progress = Assert.Single(await Ledger.BackfillsAsync(schedule, 10, Cancel));

        Assert.Equal((1, 1, 0, OverlapPolicy.BufferAll), (progress.Open, progress.Succeeded, progress.Failed, progress.Backfill.Overlap));
    }

    private static Occurrence Of(ScheduleBackfill backfill, DateTimeOffset at) => new()
    {
        ScheduleId = backfill.ScheduleId,
        NominalAt = at,
        Origin = backfill.Id,
        Kind = OccurrenceKind.Backfill,
        DueAt = backfill.RequestedAt,
        RecordedAt = backfill.RequestedAt,
        IsOpen = true,
        RequestedBy = backfill.RequestedBy,
    };

    private async Task<Guid> FiredAsync(params (int Minute, OccurrenceState State)[] occurrences)
    {
        var schedule = (await Schedules.ScheduleAsync()).Id;
        var rows = occurrences.Select(o => Some.Planned(schedule, Now.AddMinutes(o.Minute), o.State)).ToList();
        await Runner.FireAsync(_epoch, [Some.Fire(schedule, Now, null, rows)], Cancel);
        foreach (var ran in rows.Where(o => o.State == OccurrenceState.Ran))
            await Runner.MarkEnqueuedAsync(_epoch, [new(ran.Identity, OccurrenceState.Ran, ran.DueAt, null, true)], Cancel);
        return schedule;
    }
}
