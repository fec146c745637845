using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

public class ScheduleStoreTests(DataSpace space) : IClassFixture<DataSpace>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScheduleStore Store => space.Get<ScheduleStore>();

    [Fact]
    public async Task A_schedule_comes_back_as_it_was_made()
    {
        var made = await Store.ScheduleAsync();

        var read = await Store.GetAsync(made.Id, Cancel);

        Assert.True(ScheduleJson.Same(made.Definition, read!.Definition));
        Assert.Equal((1, "reports.generate", "reports", "platform"), (read.Version, read.JobType, read.Queue, read.Owner));
        Assert.Equal(made.Id, (await Store.FindByNameAsync(made.Name.ToUpperInvariant(), Cancel))?.Id);
        Assert.Contains((await Store.ListAsync(new ScheduleQuery { Text = made.Name.ToUpperInvariant() }, Cancel)).Items, s => s.Id == made.Id);
    }

    [Fact]
    public async Task An_edit_makes_a_version_and_a_second_editor_is_told()
    {
        var made = await Store.ScheduleAsync();

        var first = await Store.SaveAsync(made.Id, 1, made.Definition with { Description = "one" }, Some.Ada, cancel: Cancel);
        var second = await Store.SaveAsync(made.Id, 1, made.Definition with { Description = "two" }, Some.Ada, cancel: Cancel);

        Assert.Equal((ScheduleWriteOutcome.Saved, 2), (first.Outcome, first.Schedule!.Version));
        Assert.Equal((ScheduleWriteOutcome.Conflict, "one"), (second.Outcome, second.Schedule!.Definition.Description));
        Assert.Equal([2, 1], (await Store.VersionsAsync(made.Id, null, 10, Cancel)).Select(v => v.Version));
        Assert.Equal(ScheduleWriteOutcome.Unchanged, (await Store.SaveAsync(made.Id, 2, first.Schedule.Definition, Some.Ada, cancel: Cancel)).Outcome);
    }

    [Fact]
    public async Task Acts_name_those_that_they_changed()
    {
        var (one, other) = (await Store.ScheduleAsync(), await Store.ScheduleAsync());

        Assert.Equal(2, (await Store.PauseAsync([one.Id, other.Id, Guid.NewGuid()], "ada", "holidays", cancel: Cancel)).Count);
        Assert.Equal([one.Id], await Store.ResumeAsync([one.Id], Cancel));
        Assert.Empty(await Store.ResumeAsync([one.Id], Cancel));
        Assert.Equal([other.Id], await Store.DeleteAsync([other.Id], Cancel));
        Assert.Equal([one.Id], await Store.AcknowledgeMissedAsync([one.Id, other.Id], space.Time.GetUtcNow(), Cancel));
        Assert.NotNull((await Store.GetAsync(other.Id, Cancel))!.DeletedAt);
    }
}
