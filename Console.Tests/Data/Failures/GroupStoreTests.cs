using OpsConsole.Data.Failures;
using OpsConsole.Tests.Data.History;
using static OpsConsole.Tests.Data.Failures.SomeFailures;

namespace OpsConsole.Tests.Data.Failures;

public sealed class GroupStoreTests
{
    private static readonly Guid Ada = Guid.NewGuid();

    [Fact]
    public async Task Tabs_part_the_groups_by_state_owner_and_age()
    {
        await using var space = await HistorySpace.OpenAsync();
        await space.StoreAsync(Failure(space.Now.AddDays(-8), "Quiet"), Failure(space.Now, "Mine"), Failure(space.Now, "Nobodys"), Failure(space.Now, "Done"), Failure(space.Now, "Later"));
        await space.ChangeAsync(new GroupChange(GroupAct.Assign, "Ada", "") { AssigneeId = Ada, Assignee = "Ada" }, id: IdOf("Mine"));
        await space.ChangeAsync(new GroupChange(GroupAct.Resolve, "Ada", ""), id: IdOf("Done"));
        await space.ChangeAsync(new GroupChange(GroupAct.Snooze, "Ada", "") { SnoozeMore = 5 }, id: IdOf("Later"));

        Assert.Equal(["Mine", "Nobodys"], (await TabAsync(space, GroupTab.Active)).Order());
        Assert.Equal(["Nobodys"], await TabAsync(space, GroupTab.Unowned));
        Assert.Equal(["Mine"], await TabAsync(space, GroupTab.Mine));
        Assert.Equal(["Later"], await TabAsync(space, GroupTab.Snoozed));
        Assert.Equal(["Quiet"], await TabAsync(space, GroupTab.Quiet));
        Assert.Equal(["Done"], await TabAsync(space, GroupTab.Resolved));
        Assert.Equal(new GroupCounts(2, 1, 1, 1, 1, 1), await space.Groups().CountAsync(Ada, HistorySpace.Cancel));
    }

    [Fact]
    public async Task News_are_groups_that_came_back_and_new_ones_that_fail_often_until_somebody_takes_them()
    {
        await using var space = await HistorySpace.OpenAsync();
        await space.StoreAsync([Failure(space.Now.AddHours(-9), "Old"), .. Enumerable.Repeat(Failure(space.Now.AddMinutes(-5), "Often"), 3), .. Enumerable.Repeat(Failure(space.Now.AddMinutes(-4), "Taken"), 3), Failure(space.Now.AddMinutes(-4), "Rare"), Failure(space.Now.AddHours(-9), "Mended")]);
        await space.ChangeAsync(new GroupChange(GroupAct.Resolve, "Ada", ""), id: IdOf("Mended"));
        await space.ChangeAsync(new GroupChange(GroupAct.Acknowledge, "Ada", ""), id: IdOf("Taken"));
        await space.StoreAsync([.. Enumerable.Repeat(Failure(space.Now.AddMinutes(1), "Old"), 5), Failure(space.Now.AddMinutes(1), "Mended")]);

        var news = await space.Groups().NewsAsync(space.Now.AddHours(-1), 3, 10, HistorySpace.Cancel);

        Assert.Equal(["Mended", "Often"], news.Select(group => group.ErrorType));
        Assert.Single(await space.Groups().NewsAsync(space.Now.AddHours(-1), 3, 1, HistorySpace.Cancel));
    }

    [Theory]
    [InlineData(GroupSort.Last)]
    [InlineData(GroupSort.First)]
    [InlineData(GroupSort.Count)]
    public async Task Pages_follow_each_other_without_a_hole_or_a_repetition(GroupSort sort)
    {
        await using var space = await HistorySpace.OpenAsync();
        await space.StoreAsync([.. Enumerable.Range(0, 25).SelectMany(i => Enumerable.Repeat(Failure(space.Now.AddTicks(-i / 3), $"Error{i}"), i % 4 + 1))]);

        var seen = new List<Guid>();
        for (GroupKey? after = null; ;)
        {
            var page = await space.Groups().PageAsync(new GroupQuery { Sort = sort, After = after, Limit = 7 }, HistorySpace.Cancel);
            seen.AddRange(page.Groups.Select(group => group.Id));
            if (page.Next is null) break;
            after = GroupKey.Parse(page.Next.ToString());
        }
        Assert.Equal(25, seen.Count);
        Assert.Equal(25, seen.Distinct().Count());
    }

    [Fact]
    public async Task Groups_are_found_by_text_type_queue_and_version()
    {
        await using var space = await HistorySpace.OpenAsync();
        await space.StoreAsync(Failure(space.Now, "Acme.DiskFull_Error", "100% full"), Failure(space.Now, "Acme.Other") with { Queue = "mail", Type = "mail.send", Version = "5.0" });

        Assert.Equal(["Acme.DiskFull_Error"], await FindAsync(space, new GroupQuery { Text = "diskfull_" }));
        Assert.Equal([], await FindAsync(space, new GroupQuery { Text = "diskfull%error" }));
        Assert.Equal(["Acme.Other"], await FindAsync(space, new GroupQuery { Queue = "mail" }));
        Assert.Equal(["Acme.Other"], await FindAsync(space, new GroupQuery { Version = "5.0", JobType = "mail.send" }));
        Assert.Equal([], await FindAsync(space, new GroupQuery { Text = "\0\uD800'; DROP" }));
    }

    [Fact]
    public async Task Of_two_changes_at_once_the_second_is_told_of_the_first()
    {
        await using var space = await HistorySpace.OpenAsync();
        await space.StoreAsync(Failure(space.Now));
        var seen = await space.GroupAsync();

        Assert.Equal(GroupAnswerKind.Changed, await space.ChangeAsync(new GroupChange(GroupAct.Acknowledge, "Ada", "Looking"), seen.Version));
        var answer = (await space.Groups().ChangeAsync([new GroupTarget(seen.Id, seen.Version), new GroupTarget(Guid.NewGuid(), 1)], new GroupChange(GroupAct.Resolve, "Bob", "Fixed"), HistorySpace.Cancel));

        Assert.Equal([GroupAnswerKind.Conflict, GroupAnswerKind.Unknown], answer.Select(one => one.Kind));
        Assert.Equal((GroupState.Acknowledged, "Ada"), (answer[0].State, answer[0].StateBy));
        Assert.Equal(GroupAnswerKind.Already, await space.ChangeAsync(new GroupChange(GroupAct.Acknowledge, "Bob", ""), seen.Version));
        Assert.Equal(GroupAnswerKind.Changed, await space.ChangeAsync(new GroupChange(GroupAct.Resolve, "Bob", "Fixed")));
    }

    [Fact]
    public async Task A_note_needs_no_version_and_changes_none()
    {
        await using var space = await HistorySpace.OpenAsync();
        await space.StoreAsync(Failure(space.Now));

        Assert.Equal(GroupAnswerKind.Changed, await space.ChangeAsync(new GroupChange(GroupAct.Note, "Ada", "See <ticket> 8846"), version: 77));

        var note = Assert.Single(await space.Groups().EventsAsync(IdOf(), 10, cancel: HistorySpace.Cancel));
        Assert.Equal(("Ada", "See <ticket> 8846"), (note.By, note.Text));
        Assert.Equal(1, (await space.GroupAsync()).Version);
    }

    private static async Task<List<string>> TabAsync(HistorySpace space, GroupTab tab) => await FindAsync(space, new GroupQuery { Tab = tab, ViewerId = Ada });

    private static async Task<List<string>> FindAsync(HistorySpace space, GroupQuery query) =>
        [.. (await space.Groups().PageAsync(query, HistorySpace.Cancel)).Groups.Select(group => group.ErrorType)];
}
