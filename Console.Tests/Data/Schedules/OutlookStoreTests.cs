using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

public class OutlookStoreTests(DataSpace space) : IClassFixture<DataSpace>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScheduleStore Schedules => space.Get<ScheduleStore>();

    private OutlookStore Outlook => space.Get<OutlookStore>();

    [Fact]
    public async Task Schedules_with_the_same_timing_are_one_group_whatever_their_arguments_contain()
    {
        var filter = new ScheduleQuery { Tag = "outlook" };
        var definition = Some.Definition() with { Tags = ["outlook"] };
        var odd = (await Schedules.CreateAsync(definition with { Name = "odd", Job = definition.Job with { Arguments = """{"text":"\u0000\ud83d"}""" } }, Some.Ada, Cancel)).Schedule!;
        var imported = await Schedules.ImportAsync([new(definition with { Name = "imported" }), new(definition with { Name = "other", When = new ScheduleTiming { Cron = ["@daily"] } })], null, Some.Ada, Cancel);

        var timings = await Outlook.TimingsAsync(filter, 10, Cancel);

        Assert.Equal([2, 1], timings.Groups.Select(g => g.Count));
        Assert.Equal(["0 3 * * *"], timings.Groups[0].When.Cron);
        Assert.Equal([imported.Ids[0], odd.Id], (await Outlook.SchedulesAsync(filter, [timings.Groups[0].Json], 10, Cancel)).Select(s => s.Id));

        await Schedules.SaveAsync(odd.Id, 1, odd.Definition with { When = new ScheduleTiming { Cron = ["@daily"] } }, Some.Ada, cancel: Cancel);
        await Schedules.ImportAsync([new(definition with { Name = "imported", When = new ScheduleTiming { Cron = ["@daily"] } }, imported.Ids[0])], null, Some.Ada, Cancel);
        Assert.Equal(3, Assert.Single((await Outlook.TimingsAsync(filter, 10, Cancel)).Groups).Count);
    }

    [Fact]
    public async Task The_past_is_counted_by_spans_and_listed()
    {
        var (runner, now) = (space.Get<RunnerStore>(), space.Time.GetUtcNow());
        var epoch = (await runner.TryAcquireAsync("test", 600, Cancel))!.Value;
        var filter = new ScheduleQuery { Tag = "past" };
        var definition = Some.Definition() with { Tags = ["past"] };
        var ids = (await Schedules.ImportAsync([new(definition with { Name = "past one" }), new(definition with { Name = "past other" })], null, Some.Ada, Cancel)).Ids;
        var outside = await Schedules.ScheduleAsync();
        await runner.FireAsync(epoch, [.. ids.Append(outside.Id).Select(id => Some.Fire(id, now, null,
            Some.Planned(id, now, OccurrenceState.Skipped), Some.Planned(id, now.AddMinutes(61), OccurrenceState.Missed)))], Cancel);
        await runner.ReleaseAsync(epoch, Cancel);

        var counts = await Outlook.PastAsync(filter, now, now.AddHours(2), 3_600, 100, Cancel);
        var all = await Outlook.PastAsync(new ScheduleQuery(), now, now.AddHours(2), 3_600, 2, Cancel);
        var listed = await Outlook.OccurrencesAsync(filter, now, now.AddMinutes(61), 10, Cancel);

        Assert.Equal([(now, OccurrenceState.Skipped, 2), (now.AddHours(1), OccurrenceState.Missed, 2)], counts.Counts.OrderBy(c => c.At).Select(c => (c.At, c.State, c.Count)));
        Assert.Equal((false, true), (counts.IsCut, all.IsCut));
        Assert.Equal(["past one", "past other"], listed.Select(o => o.ScheduleName));
    }
}
