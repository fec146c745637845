using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Data;
using OpsConsole.Tests.Data.Schedules;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.Runner;

namespace OpsConsole.Tests.Web.Schedules.Runner;

public sealed class RetentionTests(DataSpace space) : IClassFixture<DataSpace>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_occurrences_go_unless_their_job_is_unfinished()
    {
        var store = space.Get<RunnerStore>();
        var schedule = await space.Get<ScheduleStore>().ScheduleAsync();
        var epoch = (await store.TryAcquireAsync("here", 60, Cancel))!.Value;
        var now = space.Time.GetUtcNow();
        var (old, open, young) = (Some.Planned(schedule.Id, now.AddDays(-8), OccurrenceState.Missed), Some.Planned(schedule.Id, now.AddDays(-9)), Some.Planned(schedule.Id, now.AddDays(-6), OccurrenceState.Missed));
        await store.FireAsync(epoch, [Some.Fire(schedule.Id, now, now.AddDays(1), old, open, young)], Cancel);

        await new Retention(store, Options.Create(new ScheduleOptions { KeepOccurrencesDays = 7 }), space.Time, NullLogger<Retention>.Instance).RunAsync(Cancel);

        var left = await store.FindAsync([old.Identity, open.Identity, young.Identity], Cancel);
        Assert.Equal([open.Identity, young.Identity], left.Select(row => row.Identity).OrderBy(id => id.NominalAt));
    }
}
