using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Data;
using OpsConsole.Tests.Data.Schedules;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.List;

namespace OpsConsole.Tests.Web.Schedules;

public sealed class ScheduleListTests(DataSpace space) : IClassFixture<DataSpace>
{
    private readonly string _tag = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScheduleStore Store => space.Get<ScheduleStore>();

    private ScheduleList List(ScheduleFilter? filter = null) =>
        new(Store, new ScheduleReader(space.Get<LedgerStore>(), space.Time), (filter ?? new ScheduleFilter()) with { Tag = _tag });

    private async Task<Schedule> MakeAsync(string name) =>
        (await Store.CreateAsync(Some.Definition(name + " " + _tag) with { Tags = [_tag] }, Some.Ada, Cancel)).Schedule!;

    [Fact]
    public async Task Rows_have_their_timing_in_words_and_their_newest_occurrences_oldest_first()
    {
        var made = await MakeAsync("a");
        await using (var context = space.Context())
        {
            context.Occurrences.AddRange(Sample.Ran(1, schedule: made.Id), Sample.Without(OccurrenceState.Missed, 3, schedule: made.Id), Sample.Ran(2, schedule: made.Id));
            await context.SaveChangesAsync(Cancel);
        }
        var list = List();
        await list.LoadAsync(Cancel);

        var row = Assert.Single(list.Rows).Row;
        Assert.Equal("Every day at 03:00, Europe/Paris", row.When);
        Assert.Equal([OccurrenceFate.Missed, OccurrenceFate.Succeeded, OccurrenceFate.Succeeded], row.Recent.Select(OccurrenceFates.Of));
        Assert.Equal((1, ScheduleStanding.Unplanned, false), (row.Missed, row.Standing, row.HasDrifted));
        await Store.AcknowledgeMissedAsync([made.Id], Sample.Now, Cancel);
        await list.RefreshAsync(isHeld: false, Cancel);
        Assert.Equal(0, list.Rows[0].Row.Missed);
    }

    [Fact]
    public async Task Rows_hold_their_places_while_some_are_chosen_and_what_is_new_is_counted()
    {
        var (b, c) = (await MakeAsync("b"), await MakeAsync("c"));
        var list = List();
        await list.LoadAsync(Cancel);
        list.Toggle(b.Id);

        await MakeAsync("a");
        await Store.DeleteAsync([c.Id], Cancel);
        await Store.PauseAsync([b.Id], "ada", "for a test", cancel: Cancel);
        await list.RefreshAsync(isHeld: false, Cancel);

        Assert.Equal([(b.Id, false), (c.Id, true)], list.Rows.Select(row => (row.Row.Id, row.IsGone)));
        Assert.Equal((1, ScheduleStanding.Paused), (list.New, list.Rows[0].Row.Standing));
        Assert.Equal("for a test", Assert.Single(list.Selected).PauseNote);
        list.Clear();
        await list.RefreshAsync(isHeld: false, Cancel);
        Assert.Equal(["a", "b"], list.Rows.Select(row => row.Row.Schedule.Name[..1]));
    }

    [Fact]
    public async Task All_that_match_can_be_chosen_and_what_is_deleted_is_not_chosen_any_more()
    {
        foreach (var name in new[] { "a", "b", "c" })
            await MakeAsync(name);
        var list = List();
        await list.LoadAsync(Cancel);
        list.ToggleAll();
        Assert.Equal(3, list.Selected.Count);
        list.ToggleAll();
        Assert.Empty(list.Selected);
        await list.SelectMatchingAsync(Cancel);
        Assert.Equal(3, list.Selected.Count);

        await Store.DeleteAsync([list.Selected[0].Id], Cancel);
        await list.RefreshAsync(isHeld: true, Cancel);
        Assert.Equal(2, list.Selected.Count);
    }

    [Fact]
    public async Task Keys_move_a_cursor_that_stays_on_the_list()
    {
        var (a, b) = (await MakeAsync("a"), await MakeAsync("b"));
        var list = List();
        await list.LoadAsync(Cancel);
        list.Move(1);
        Assert.Equal(a.Id, list.Cursor);
        list.Move(5);
        Assert.Equal(b.Id, list.Cursor);
        list.Move(-1);
        Assert.Equal(a.Id, list.Cursor);
    }

    [Fact]
    public async Task Counts_are_read_once_for_all_who_look_and_anew_after_an_act()
    {
        using var counts = new ScheduleCounts(Store, space.Time);
        await counts.GetAsync(cancel: Cancel);
        await MakeAsync("a");

        Assert.DoesNotContain((await counts.GetAsync(cancel: Cancel)).Tags, tag => tag.Value == _tag);
        Assert.Contains((await counts.GetAsync(anew: true, Cancel)).Tags, tag => tag.Value == _tag);
        await MakeAsync("b");
        space.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains((await counts.GetAsync(cancel: Cancel)).Tags, tag => tag is { Count: 2 } && tag.Value == _tag);
    }

    [Fact]
    public async Task Counts_say_how_many_are_in_each_state_and_had_each_outcome()
    {
        using var counts = new ScheduleCounts(Store, space.Time);
        var before = await counts.GetAsync(anew: true, Cancel);
        var made = await MakeAsync("a");
        await MakeAsync("b");
        await Store.PauseAsync([made.Id], "ada", "for a test", cancel: Cancel);

        var after = await counts.GetAsync(anew: true, Cancel);
        Assert.Equal(before.States[ScheduleState.Paused] + 1, after.States[ScheduleState.Paused]);
        Assert.Equal(before.States[ScheduleState.Enabled] + 1, after.States[ScheduleState.Enabled]);
        Assert.Equal(before.LastOutcomes.GetValueOrDefault(JobOutcome.Succeeded), after.LastOutcomes.GetValueOrDefault(JobOutcome.Succeeded));
    }
}
