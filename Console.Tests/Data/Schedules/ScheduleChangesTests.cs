using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

public class ScheduleChangesTests(DataSpace space) : IClassFixture<DataSpace>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_change_is_heard()
    {
        await using var changes = space.Get<ScheduleChanges>().ListenAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.Equal(ScheduleChangeKind.Listening, await NextAsync());

        var schedule = await space.Get<ScheduleStore>().ScheduleAsync();
        Assert.Equal(ScheduleChangeKind.Schedule, await NextAsync());
        Assert.Equal(schedule.Id, changes.Current.ScheduleId);

        await space.Get<CalendarStore>().SaveAsync("holidays", "", [new(new DateOnly(2026, 12, 25), "Christmas")], null, "ada", Cancel);
        Assert.Equal(ScheduleChangeKind.Calendar, await NextAsync());
        Assert.Equal("holidays", changes.Current.Calendar);

        await space.Get<RunnerStore>().RequestAsync([Some.Planned(schedule.Id, space.Time.GetUtcNow())], null, Cancel);
        Assert.Equal(ScheduleChangeKind.Requested, await NextAsync());
        Assert.Equal(schedule.Id, changes.Current.ScheduleId);

        async Task<ScheduleChangeKind> NextAsync()
        {
            Assert.True(await changes.MoveNextAsync());
            return changes.Current.Kind;
        }
    }
}
