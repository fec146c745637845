using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

public class ScheduleImportTests(DataSpace space) : IClassFixture<DataSpace>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScheduleStore Store => space.Get<ScheduleStore>();

    [Fact]
    public async Task Ten_thousand_rows_of_which_three_are_wrong_change_nothing()
    {
        var tag = "bulk-" + Guid.NewGuid().ToString("N");
        var taken = await Store.ScheduleAsync(tag + " taken");
        ScheduleImport[] rows = [.. Enumerable.Range(0, 10_000).Select(i => new ScheduleImport(Tagged($"{tag} {i}", tag)))];
        rows[17] = new(Tagged(taken.Name.ToUpperInvariant(), tag));
        rows[4_000] = new(Tagged($"{tag} 4000", tag), Guid.NewGuid(), 1);
        rows[9_999] = new(Tagged($"{tag} other", tag), taken.Id, 7);

        var refused = await Store.ImportAsync(rows, "a.json", Some.Ada, Cancel);

        Assert.False(refused.IsSaved);
        Assert.Equal([(4_000, ScheduleWriteOutcome.NotFound), (9_999, ScheduleWriteOutcome.Conflict)], refused.Problems.Select(p => (p.Row, p.Outcome)));
        Assert.Equal(0, (await Store.ListAsync(new ScheduleQuery { Tag = tag }, Cancel)).Total);

        rows[4_000] = new(Tagged($"{tag} 4000", tag));
        rows[9_999] = new(Tagged($"{tag} 9999", tag));
        refused = await Store.ImportAsync(rows, "a.json", Some.Ada, Cancel);
        Assert.Equal([(17, ScheduleWriteOutcome.NameTaken)], refused.Problems.Select(p => (p.Row, p.Outcome)));

        rows[17] = new(Tagged($"{tag} 17", tag));
        var saved = await Store.ImportAsync(rows, "a.json", Some.Ada, Cancel);
        Assert.Equal((true, 10_000), (saved.IsSaved, saved.Ids.Count));
        Assert.Equal(10_000, (await Store.ListAsync(new ScheduleQuery { Tag = tag }, Cancel)).Total);
        Assert.Equal($"{tag} 4000", (await Store.GetAsync(saved.Ids[4_000], Cancel))!.Name);
    }

    [Fact]
    public async Task An_import_changes_what_differs_and_keeps_the_rest()
    {
        var (same, other) = (await Store.ScheduleAsync(), await Store.ScheduleAsync());

        var result = await Store.ImportAsync(
            [new(same.Definition, same.Id, 1), new(other.Definition with { Description = "new" }, other.Id, 1, Paused: true)], "jobs.json", Some.Ada, Cancel);

        Assert.True(result.IsSaved);
        var read = await Store.GetAsync(same.Id, Cancel);
        Assert.Equal((1, "jobs.json", true), (read!.Version, read.Source, ScheduleJson.Same(read.SourceDefinition, read.Definition)));
        read = await Store.GetAsync(other.Id, Cancel);
        Assert.Equal((2, "new", "ada"), (read!.Version, read.Definition.Description, read.PausedBy));
        Assert.Equal([2, 1], (await Store.VersionsAsync(other.Id, null, 10, Cancel)).Select(v => v.Version));
        Assert.Single(await Store.VersionsAsync(same.Id, null, 10, Cancel));
    }

    [Fact]
    public async Task Two_schedules_can_swap_their_names()
    {
        var (one, other) = (await Store.ScheduleAsync(), await Store.ScheduleAsync());

        var result = await Store.ImportAsync(
            [new(one.Definition with { Name = other.Name }, one.Id, 1), new(other.Definition with { Name = one.Name }, other.Id, 1)], null, Some.Ada, Cancel);

        Assert.True(result.IsSaved);
        Assert.Equal(other.Id, (await Store.FindByNameAsync(one.Name, Cancel))!.Id);
        Assert.Equal(one.Id, (await Store.FindByNameAsync(other.Name, Cancel))!.Id);
    }

    [Fact]
    public async Task A_name_that_is_there_twice_is_refused_in_both_rows()
    {
        var name = "twice " + Guid.NewGuid();

        var result = await Store.ImportAsync([new(Some.Definition(name)), new(Some.Definition()), new(Some.Definition(name.ToUpperInvariant()))], null, Some.Ada, Cancel);

        Assert.Equal([0, 2], result.Problems.Select(p => p.Row));
    }

    [Fact]
    public async Task Imports_of_the_same_names_at_once_write_each_name_once()
    {
        var tag = "race-" + Guid.NewGuid().ToString("N");
        ScheduleImport[] rows = [.. Enumerable.Range(0, 50).Select(i => new ScheduleImport(Tagged($"{tag} {i}", tag)))];

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store.ImportAsync(rows, null, Some.Ada, Cancel)));

        Assert.Single(results, r => r.IsSaved);
        Assert.All(results.Where(r => !r.IsSaved), r => Assert.All(r.Problems, p => Assert.Equal(ScheduleWriteOutcome.NameTaken, p.Outcome)));
        Assert.Equal(50, (await Store.ListAsync(new ScheduleQuery { Tag = tag }, Cancel)).Total);
    }

    [Fact]
    public async Task An_export_is_ordered_by_name()
    {
        var tag = "export-" + Guid.NewGuid().ToString("N");
        var saved = await Store.ImportAsync([new(Tagged("b" + tag, tag)), new(Tagged("C" + tag, tag)), new(Tagged("a" + tag, tag))], null, Some.Ada, Cancel);

        string[] expected = ["a" + tag, "b" + tag, "C" + tag];
        Assert.Equal(expected, await Store.ExportAsync(new ScheduleQuery { Tag = tag }, Cancel).Select(s => s.Name).ToListAsync(Cancel));
        Assert.Equal(expected, await Store.ExportAsync(saved.Ids, Cancel).Select(s => s.Name).ToListAsync(Cancel));
    }

    private static ScheduleDefinition Tagged(string name, string tag) => Some.Definition(name) with { Tags = [tag] };
}
