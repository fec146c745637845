using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

public class CalendarStoreTests(DataSpace space) : IClassFixture<DataSpace>
{
    private readonly string _name = "Holidays " + Guid.NewGuid();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private CalendarStore Store => space.Get<CalendarStore>();

    [Fact]
    public async Task Days_come_back_in_their_order()
    {
        await Store.SaveAsync(_name, "France", [new(new DateOnly(2026, 12, 25), "<b>Noël</b>"), new(new DateOnly(2026, 1, 1))], null, "ada", Cancel);

        var calendar = (await Store.GetAsync(_name.ToUpperInvariant(), Cancel))!;

        Assert.Equal((_name, "France", 1, "ada"), (calendar.Name, calendar.Description, calendar.Version, calendar.UpdatedBy));
        Assert.Equal([new CalendarDay(new DateOnly(2026, 1, 1)), new CalendarDay(new DateOnly(2026, 12, 25), "<b>Noël</b>")], calendar.Days);
        Assert.Contains(await Store.ListAsync(Cancel), c => c.Name == _name);
    }

    [Fact]
    public async Task The_second_of_two_editors_is_told()
    {
        await Store.SaveAsync(_name, "", [], null, "ada", Cancel);

        var writes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Store.SaveAsync(_name, "editor " + i, [], 1, "bob", Cancel)));

        var won = Assert.Single(writes, w => w.Outcome == CalendarWriteOutcome.Saved).Calendar!;
        Assert.All(writes.Where(w => w.Outcome != CalendarWriteOutcome.Saved),
            w => Assert.Equal((CalendarWriteOutcome.Conflict, won.Description), (w.Outcome, w.Calendar!.Description)));
    }

    [Fact]
    public async Task A_name_belongs_to_one_calendar()
    {
        var writes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Store.SaveAsync(i % 2 == 0 ? _name : _name.ToUpperInvariant(), "", [], null, "ada", Cancel)));

        Assert.Single(writes, w => w.Outcome == CalendarWriteOutcome.Saved);
        Assert.Equal(3, writes.Count(w => w.Outcome == CalendarWriteOutcome.NameTaken));
        Assert.Equal(CalendarWriteOutcome.NotFound, (await Store.SaveAsync("no " + _name, "", [], 1, "ada", Cancel)).Outcome);
    }

    [Fact]
    public async Task A_calendar_that_schedules_name_stays()
    {
        var schedules = space.Get<ScheduleStore>();
        await Store.SaveAsync(_name, "", [], null, "ada", Cancel);
        var definition = Some.Definition();
        var user = (await schedules.CreateAsync(definition with { When = definition.When with { ExceptCalendars = [_name] } }, Some.Ada, Cancel)).Schedule!;

        var refused = await Store.DeleteAsync(_name, Cancel);
        await schedules.DeleteAsync([user.Id], Cancel);
        var deleted = await Store.DeleteAsync(_name, Cancel);

        Assert.False(refused.IsDeleted);
        Assert.Equal([user.Name], refused.Users);
        Assert.True(deleted.IsDeleted);
        Assert.Null(await Store.GetAsync(_name, Cancel));
        Assert.False((await Store.DeleteAsync(_name, Cancel)).IsDeleted);
    }
}
