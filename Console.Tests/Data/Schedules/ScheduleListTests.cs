using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

/// <summary>Filters, orders and pages of the list.</summary>
public sealed class ScheduleListTests(DataSpace space) : IClassFixture<DataSpace>, IAsyncLifetime
{
    private readonly string _tag = "tag-" + Guid.NewGuid().ToString("N");
    private long _epoch;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScheduleStore Store => space.Get<ScheduleStore>();

    private DateTimeOffset Now => space.Time.GetUtcNow();

    public async ValueTask InitializeAsync() => _epoch = (await space.Get<RunnerStore>().TryAcquireAsync("test", 600, Cancel))!.Value;

    public async ValueTask DisposeAsync() => await space.Get<RunnerStore>().ReleaseAsync(_epoch, CancellationToken.None);

    [Theory]
    [InlineData(ScheduleSort.Name)]
    [InlineData(ScheduleSort.Next)]
    [InlineData(ScheduleSort.Last)]
    public async Task Pages_follow_each_other_without_gap_or_repeat(ScheduleSort sort)
    {
        var ids = await MakeAsync(["g", "A~b", "c", "B", "a%", "F", "e~"]);
        // Ties, and two that were never fired.
        for (var i = 0; i < 5; i++)
            await FireAsync(ids[i], last: Now.AddMinutes(-i / 2), next: i == 4 ? null : Now.AddMinutes(i / 2));

        var seen = new List<Schedule>();
        string? after = null;
        do
        {
            var page = await Store.ListAsync(new ScheduleQuery { Tag = _tag, Sort = sort, After = after, Limit = 2 }, Cancel);
            Assert.Equal(7, page.Total);
            seen.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(ids.Order(), seen.Select(s => s.Id).Order());
        Schedule[] expected = sort switch
        {
            ScheduleSort.Name => [.. seen.OrderBy(s => s.Name.ToUpperInvariant(), StringComparer.Ordinal)],
            ScheduleSort.Next => [.. seen.OrderBy(s => s.Cursor!.NextDueAt ?? DateTimeOffset.MaxValue)],
            _ => [.. seen.OrderByDescending(s => s.Cursor!.LastNominalAt ?? DateTimeOffset.MinValue)],
        };
        Assert.Equal(expected.Select(s => s.Id), seen.Select(s => s.Id));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("~")]
    [InlineData("x~y")]
    [InlineData("\0\uD83D~00000000000000000000000000000000")]
    [InlineData("99999999999999999999~00000000000000000000000000000000")]
    public async Task A_place_that_makes_no_sense_still_shows_a_list(string after)
    {
        await MakeAsync(["one"]);

        foreach (var sort in Enum.GetValues<ScheduleSort>())
            Assert.Equal(1, (await Store.ListAsync(new ScheduleQuery { Tag = _tag, After = after, Sort = sort }, Cancel)).Total);
    }

    [Theory]
    [InlineData("100% sure", "0% S", true)]
    [InlineData("100% sure", "1%e", false)]
    [InlineData("a_b", "a_b", true)]
    [InlineData("a_b", "a_", true)]
    [InlineData("acb", "a_b", false)]
    [InlineData(@"back\slash", @"K\S", true)]
    [InlineData(@"back\slash", @"\", true)]
    [InlineData("Ärger", "ärG", true)]
    [InlineData("plain", "\0", false)]
    public async Task Text_is_found_as_it_is_written(string name, string text, bool isFound)
    {
        var id = Assert.Single(await MakeAsync([name]));

        Assert.Equal(isFound ? [id] : [], (await Store.ListAsync(new ScheduleQuery { Tag = _tag, Text = text }, Cancel)).Items.Select(s => s.Id));
        Assert.Equal(isFound, (await Store.NamesAsync(1_000, text, Cancel)).Any(n => n.Id == id));
    }

    [Fact]
    public async Task Text_is_searched_in_all_that_describes_a_schedule()
    {
        var id = Assert.Single(await MakeAsync(["name"]));
        await Store.SaveAsync(id, 1, new ScheduleDefinition
        {
            Name = "first" + _tag,
            Description = "second",
            Owner = "third",
            Tags = [_tag, "fourth"],
            Job = new ScheduledJob { Type = "fifth.type" },
        }, Some.Ada, cancel: Cancel);

        foreach (var text in new[] { "FIRST", "Second", "third", "fourth", "fifth.T" })
            Assert.Single((await Store.ListAsync(new ScheduleQuery { Tag = _tag, Text = text }, Cancel)).Items);
        Assert.Empty((await Store.ListAsync(new ScheduleQuery { Tag = _tag, Text = "name" }, Cancel)).Items);
    }

    [Fact]
    public async Task States_divide_all_schedules_among_them()
    {
        var ids = await MakeAsync(["runs", "paused", "paused until later", "paused until now", "ended", "never planned"]);
        foreach (var id in ids[..4])
            await FireAsync(id, Now, Now.AddHours(1));
        await FireAsync(ids[4], Now, next: null);
        await Store.PauseAsync([ids[1]], "ada", "note", cancel: Cancel);
        await Store.PauseAsync([ids[2]], "ada", "note", Now.AddHours(1), Cancel);
        await Store.PauseAsync([ids[3]], "ada", "note", Now, Cancel);

        Assert.Equal([ids[0], ids[3], ids[5]], await IdsAsync(ScheduleState.Enabled));
        Assert.Equal([ids[1], ids[2]], await IdsAsync(ScheduleState.Paused));
        Assert.Equal([ids[4]], await IdsAsync(ScheduleState.Ended));

        async Task<IEnumerable<Guid>> IdsAsync(ScheduleState state) =>
            (await Store.ListAsync(new ScheduleQuery { Tag = _tag, State = state }, Cancel)).Items.Select(s => s.Id).OrderBy(id => Array.IndexOf(ids, id));
    }

    [Fact]
    public async Task Filters_leave_what_fits_all_of_them()
    {
        var ids = await MakeAsync(["one", "other"]);
        var failed = Some.Planned(ids[0], Now);
        await FireAsync(ids[0], Now, Now.AddHours(1), failed);
        await space.Get<RunnerStore>().SettleAsync(_epoch, [new(failed.Identity, JobOutcome.Failed, Now, Now, 1, false, 1)], Cancel);

        Assert.Equal([ids[0]], (await Store.ListAsync(new ScheduleQuery
        {
            Tag = _tag,
            JobType = "reports.generate",
            Queue = "reports",
            Owner = "platform",
            LastOutcome = JobOutcome.Failed,
            Source = _tag + ".json",
        }, Cancel)).Items.Select(s => s.Id));
        Assert.Empty((await Store.ListAsync(new ScheduleQuery { Tag = _tag, Owner = "nobody" }, Cancel)).Items);
        Assert.Empty((await Store.ListAsync(new ScheduleQuery { Tag = _tag, LastOutcome = JobOutcome.Expired }, Cancel)).Items);
    }

    [Fact]
    public async Task Facets_count_what_is_not_deleted()
    {
        var ids = await MakeAsync(["one", "two", "three"]);
        await Store.DeleteAsync([ids[0]], Cancel);

        var facets = await Store.FacetsAsync(Cancel);

        Assert.Equal(2, facets.Tags.Single(t => t.Value == _tag).Count);
        Assert.Contains("reports.generate", facets.JobTypes.Select(t => t.Value));
        Assert.Contains("reports", facets.Queues.Select(t => t.Value));
        Assert.Contains("platform", facets.Owners.Select(t => t.Value));
    }

    [Fact]
    public async Task Acts_name_those_that_they_changed()
    {
        var ids = await MakeAsync(["one", "other"]);

        Assert.Equal(ids.Order(), (await Store.PauseAsync([ids[0], ids[1], ids[0], Guid.NewGuid()], "ada", "holidays", cancel: Cancel)).Order());
        Assert.Equal([ids[0]], await Store.ResumeAsync([ids[0]], Cancel));
        Assert.Empty(await Store.ResumeAsync([ids[0]], Cancel));
        Assert.Equal([ids[1]], await Store.DeleteAsync([ids[1]], Cancel));
        Assert.Equal([ids[0]], await Store.AcknowledgeMissedAsync(ids, Now, Cancel));
        Assert.Empty(await Store.AcknowledgeMissedAsync(ids, Now.AddHours(-1), Cancel));
        Assert.Equal(Now, (await Store.GetAsync(ids[0], Cancel))!.MissedSeenThrough);
    }

    private async Task<Guid[]> MakeAsync(string[] names)
    {
        var result = await Store.ImportAsync([.. names.Select(name => new ScheduleImport(Some.Definition(name + " " + _tag) with { Tags = [_tag] }))], _tag + ".json", Some.Ada, Cancel);
        return [.. result.Ids];
    }

    private Task<FireResult> FireAsync(Guid schedule, DateTimeOffset last, DateTimeOffset? next, params Occurrence[] occurrences) =>
        space.Get<RunnerStore>().FireAsync(_epoch, [Some.Fire(schedule, last, next, occurrences)], Cancel);
}
