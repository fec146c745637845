using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

public class OutlookStoreTests(DataSpace space) : IClassFixture<DataSpace>
{
    private static readonly ScheduleQuery s_all = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScheduleStore Store => space.Get<ScheduleStore>();

    private OutlookStore Outlook => space.Get<OutlookStore>();

    [Fact]
    public async Task Schedules_of_one_timing_are_one_group()
    {
        var tag = "tag " + Guid.NewGuid().ToString()[..8];
        for (var i = 0; i < 3; i++)
            await MakeAsync(tag, "0 3 * * *");
        await MakeAsync(tag, "30 4 * * *");
        var paused = await MakeAsync(tag, "0 3 * * *");
        await Store.PauseAsync([paused], "ada", "for a while", cancel: Cancel);
        var deleted = await MakeAsync(tag, "0 3 * * *");
        await Store.DeleteAsync([deleted], Cancel);

        var timings = await Outlook.TimingsAsync(s_all with { Tag = tag }, 10, Cancel);

        Assert.Equal((4, 1), (timings.Total, timings.Paused));
        Assert.Equal([("0 3 * * *", 3), ("30 4 * * *", 1)], timings.Groups.Select(group => (group.When.Cron.Single(), group.Count)));
        Assert.Single((await Outlook.TimingsAsync(s_all with { Tag = tag }, 1, Cancel)).Groups);
        var behind = await Outlook.SchedulesAsync(s_all with { Tag = tag }, [timings.Groups[0].Json], 2, Cancel);
        Assert.Equal(2, behind.Count);
        Assert.All(behind, schedule => Assert.Equal(timings.Groups[0].Json, schedule.TimingJson));
    }

    [Fact]
    public async Task What_was_due_is_counted_by_time_and_end_and_no_further_than_asked()
    {
        var tag = "tag " + Guid.NewGuid().ToString()[..8];
        var (one, other) = (await MakeAsync(tag, "0 3 * * *"), await MakeAsync("else", "0 3 * * *"));
        var hour = new DateTimeOffset(2031, 5, 1, 3, 0, 0, TimeSpan.Zero);
        await using (var context = space.Context())
        {
            context.AddRange(
                Some.Planned(one, hour, OccurrenceState.Ran), Some.Planned(one, hour.AddMinutes(59), OccurrenceState.Ran), Some.Planned(one, hour.AddMinutes(60), OccurrenceState.Missed),
                Some.Planned(other, hour.AddMinutes(1), OccurrenceState.Skipped));
            await context.SaveChangesAsync(Cancel);
        }

        var all = await Outlook.PastAsync(s_all, hour, hour.AddHours(2), 3_600, 100, Cancel);
        var mine = await Outlook.PastAsync(s_all with { Tag = tag }, hour, hour.AddHours(1), 3_600, 100, Cancel);

        Assert.Equal([(0, OccurrenceState.Ran, 2), (0, OccurrenceState.Skipped, 1), (1, OccurrenceState.Missed, 1)], all.Counts.Select(count => ((int)(count.At - hour).TotalHours, count.State, count.Count)).Order());
        Assert.False(all.IsCut);
        Assert.Equal((OccurrenceState.Ran, 2), (Assert.Single(mine.Counts).State, mine.Counts[0].Count));
        Assert.True((await Outlook.PastAsync(s_all, hour, hour.AddHours(2), 3_600, 3, Cancel)).IsCut);
        Assert.Equal([one, other, one], (await Outlook.OccurrencesAsync(s_all, hour, hour.AddHours(1), 10, Cancel)).Select(row => row.Occurrence.ScheduleId));
        Assert.Equal(2, (await Outlook.OccurrencesAsync(s_all with { Tag = tag }, hour, hour.AddHours(1), 10, Cancel)).Count);
    }

    private async Task<Guid> MakeAsync(string tag, string cron)
    {
        var definition = Some.Definition() with { Tags = [tag], When = new ScheduleTiming { TimeZone = "Europe/Paris", Cron = [cron] } };
        return (await Store.CreateAsync(definition, Some.Ada, Cancel)).Schedule!.Id;
    }
}
