using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

public class RunnerStoreTests(DataSpace space) : IClassFixture<DataSpace>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RunnerStore Store => space.Get<RunnerStore>();

    private ScheduleStore Schedules => space.Get<ScheduleStore>();

    private DateTimeOffset Now => space.Time.GetUtcNow();

    [Fact]
    public async Task A_fire_is_enqueued_and_settled()
    {
        var schedule = await Schedules.ScheduleAsync();
        var epoch = await AcquireAsync();
        var occurrence = Some.Planned(schedule.Id, Now);

        var fired = await Store.FireAsync(epoch, [Some.Fire(schedule.Id, Now, Now.AddDays(1), occurrence)], Cancel);
        Assert.Equal([occurrence.Identity], fired.Inserted);
        Assert.Single(await Store.OpenOfAsync([schedule.Id], 10, Cancel));
        Assert.True(await Store.MarkEnqueuedAsync(epoch, [new(occurrence.Identity, OccurrenceState.Ran, Now, null, true)], Cancel));
        Assert.True(await Store.SettleAsync(epoch, [new(occurrence.Identity, JobOutcome.Failed, Now, Now.AddSeconds(3), 2, false, 1)], Cancel));

        Assert.Empty(await Store.OpenOfAsync([schedule.Id], 10, Cancel));
        var cursor = (await Schedules.GetAsync(schedule.Id, Cancel))!.Cursor!;
        Assert.Equal((Now.AddDays(1), JobOutcome.Failed, 1, 1L), (cursor.NextDueAt, cursor.LastOutcome, cursor.FailuresInRow, cursor.Runs));
        await Store.ReleaseAsync(epoch, Cancel);
    }

    [Fact]
    public async Task What_is_loaded_has_definition_and_cursor()
    {
        var schedule = await Schedules.ScheduleAsync();

        var row = Assert.Single(await Store.LoadAsync(Cancel).Where(r => r.Id == schedule.Id).ToListAsync(Cancel));

        Assert.True(ScheduleJson.Same(schedule.Definition, ScheduleJson.Read(row.Definition)));
        Assert.Equal((1, 0, false), (row.Version, row.Cursor.Version, row.IsDeleted));
        Assert.Contains(await Store.ChangedSinceAsync(schedule.UpdatedAt, Cancel).ToListAsync(Cancel), r => r.Id == schedule.Id);
    }

    private async Task<long> AcquireAsync()
    {
        var epoch = await Store.TryAcquireAsync("here", 60, Cancel);
        Assert.NotNull(epoch);
        Assert.Null(await Store.TryAcquireAsync("there", 60, Cancel));
        Assert.True(await Store.RenewAsync(epoch.Value, 60, 5, Now, Cancel));
        var lease = await Store.GetLeaseAsync(Cancel);
        Assert.Equal(("here", 5, Now), (lease.Holder, lease.Schedules, lease.TickedAt));
        return epoch.Value;
    }
}
