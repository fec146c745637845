using OpsConsole.Data.Failures;
using OpsConsole.Data.History;
using OpsConsole.Tests.Data.History;
using static OpsConsole.Tests.Data.Failures.SomeFailures;

namespace OpsConsole.Tests.Data.Failures;

public sealed class GroupWriterTests
{
    [Fact]
    public async Task Failures_of_one_problem_are_one_group_with_where_they_came_from_and_an_example()
    {
        await using var space = await HistorySpace.OpenAsync();
        var at = space.Now.AddHours(-2);
        await space.StoreAsync(Failure(at, jobId: "a"), Failure(at.AddMinutes(1), jobId: "b", worker: "web-2:1"));
        await space.StoreAsync(Failure(at.AddHours(1), jobId: "c") with { Outcome = AttemptOutcome.Retrying });

        var (group, example) = (await space.Groups().GetAsync(IdOf(), HistorySpace.Cancel))!.Value;
        Assert.Equal((3, 2, GroupState.Open, AttemptOutcome.Retrying), (group.Count, group.FinalCount, group.State, group.LastOutcome));
        Assert.Equal(("reports.generate", "Acme.OddError", "It is odd", "Acme.Odd.Be"), (group.JobType, group.ErrorType, group.Template, group.Frame));
        Assert.Equal((at, at.AddHours(1)), (group.FirstSeenAt, group.LastSeenAt));
        Assert.Equal([("web-1", 2L), ("web-2", 1L)], group.Facets.Hosts.Select(host => (host.Value, host.Count)));
        Assert.Equal([0, 2, 1, 0], group.Hours.Until(at.AddHours(2), 4));
        Assert.Equal(3, group.Days.Until(at.AddHours(2), 3).Sum());
        Assert.Equal("c", example.JobId);
    }

    [Fact]
    public async Task A_late_failure_counts_where_it_belongs_and_moves_last_seen_not_backwards()
    {
        await using var space = await HistorySpace.OpenAsync();
        await space.StoreAsync(Failure(space.Now, jobId: "new"));
        await space.StoreAsync(Failure(space.Now.AddHours(-5), jobId: "late"), Failure(space.Now.AddDays(-200), jobId: "very late"));

        var group = await space.GroupAsync();
        Assert.Equal((space.Now, space.Now.AddDays(-200), 3), (group.LastSeenAt, group.FirstSeenAt, group.Count));
        Assert.Equal([1, 0, 0, 0, 0, 1], group.Hours.Until(space.Now, 6));
    }

    [Fact]
    public async Task A_resolved_group_comes_back_with_a_later_failure_and_says_when_and_by_which_job()
    {
        await using var space = await HistorySpace.OpenAsync();
        await space.StoreAsync(Failure(space.Now));
        await space.ChangeAsync(new GroupChange(GroupAct.Resolve, "Ada", "Fixed in 4.18.3"));
        await space.StoreAsync(Failure(space.Now.AddMinutes(-1), jobId: "late"));
        Assert.Equal(GroupState.Resolved, (await space.GroupAsync()).State);

        await space.StoreAsync(Failure(space.Now.AddMinutes(1), jobId: "again"), Failure(space.Now.AddMinutes(2), jobId: "later"));

        var group = await space.GroupAsync();
        Assert.Equal((GroupState.Open, space.Now.AddMinutes(1), "", "again"), (group.State, group.StateAt, group.StateBy, group.StateJobId));
        Assert.Equal("It failed again on web-1, version 4.18.3.", group.StateText);
        Assert.Equal([GroupAct.CameBack, GroupAct.Resolve], (await space.Groups().EventsAsync(group.Id, 10, cancel: HistorySpace.Cancel)).Select(e => e.Act));
    }

    [Fact]
    public async Task A_snoozed_group_wakes_when_its_count_is_reached()
    {
        await using var space = await HistorySpace.OpenAsync();
        await space.StoreAsync(Failure(space.Now));
        await space.ChangeAsync(new GroupChange(GroupAct.Snooze, "Ada", "") { SnoozeMore = 2 });
        await space.StoreAsync(Failure(space.Now.AddMinutes(1)));
        Assert.Equal((GroupState.Snoozed, 3), ((await space.GroupAsync()).State, (await space.GroupAsync()).SnoozedCount));

        await space.StoreAsync(Failure(space.Now.AddMinutes(2), jobId: "third"));

        var group = await space.GroupAsync();
        Assert.Equal((GroupState.Open, null, "third"), (group.State, group.SnoozedCount, group.StateJobId));
    }

    [Fact]
    public async Task A_snoozed_group_wakes_when_its_time_has_come_although_nothing_fails()
    {
        await using var space = await HistorySpace.OpenAsync();
        await space.StoreAsync(Failure(space.Now));
        await space.ChangeAsync(new GroupChange(GroupAct.Snooze, "Ada", "") { SnoozeUntil = space.Now.AddHours(1) });
        Assert.Equal(1, (await space.Groups().CountAsync(null, HistorySpace.Cancel)).Snoozed);

        space.Data.Time.Advance(TimeSpan.FromHours(1));

        var counts = await space.Groups().CountAsync(null, HistorySpace.Cancel);
        Assert.Equal((1, 0), (counts.Active, counts.Snoozed));
        Assert.Equal(GroupAct.Woke, (await space.Groups().EventsAsync(IdOf(), 1, cancel: HistorySpace.Cancel))[0].Act);
    }

    [Fact]
    public async Task Workers_that_come_and_go_do_not_grow_a_group()
    {
        await using var space = await HistorySpace.OpenAsync();
        await space.StoreAsync([.. Enumerable.Range(0, 100).Select(i => Failure(space.Now.AddSeconds(i - 200), worker: $"web-{i}:1"))]);

        var hosts = (await space.GroupAsync()).Facets.Hosts;
        Assert.Equal(GroupLimits.FacetValues, hosts.Count);
        Assert.Contains(hosts, host => host.Value == "web-99");
    }

    [Fact]
    public async Task Hostile_texts_are_stored_cut()
    {
        await using var space = await HistorySpace.OpenAsync();
        var odd = Failure(space.Now, error: "<script>\0" + new string('x', 5_000), message: "\uD800 \0 " + new string('m', 50_000)) with { Stack = new string('s', 100_000), Queue = "\uDC00\"" };
        await space.StoreAsync(odd);
        var (group, example) = (await space.Groups().GetAsync(odd.Failure!.Id, HistorySpace.Cancel))!.Value;

        Assert.StartsWith("<script>", group.ErrorType, StringComparison.Ordinal);
        Assert.True(group.ErrorType.Length <= 300 && example.Stack.Length <= 32_000 && example.Message.Length <= 4_000);
        Assert.Equal("\uFFFD\"", group.Facets.Queues[0].Value);
    }

    [Fact]
    public async Task Ever_new_problems_push_out_the_groups_that_were_not_seen_for_longest()
    {
        await using var space = await HistorySpace.OpenAsync();
        var writer = new GroupWriter { Most = 10, TrimAfter = 5 };
        AttemptRow New(int i) => Failure(space.Now.AddSeconds(i), $"Acme.Error{i}", jobId: $"job-{i}");
        for (var batch = 0; batch < 6; batch++)
            await StoreAsync(space.Database, writer, [New(0) with { EndedAt = space.Now.AddSeconds(100 + batch) }, .. Enumerable.Range((batch * 5) + 1, 5).Select(New)]);

        var left = await space.Groups().PageAsync(new GroupQuery(), HistorySpace.Cancel);

        Assert.Equal([.. Enumerable.Range(22, 9).Select(i => $"Acme.Error{i}"), "Acme.Error0"], left.Groups.OrderBy(group => group.LastSeenAt).Select(group => group.ErrorType));
        Assert.Equal(6, left.Groups.Single(group => group.ErrorType == "Acme.Error0").Count);
    }
}
