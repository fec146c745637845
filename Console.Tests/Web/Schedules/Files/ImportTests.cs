using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Operators;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.Files;

namespace OpsConsole.Tests.Web.Schedules.Files;

public sealed class ImportTests : IAsyncLifetime
{
    private readonly ScheduleSite _site = new();
    private ClaimsPrincipal _user = default!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ImportPlanner Planner => _site.Services.GetRequiredService<ImportPlanner>();

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        _user = await _site.UserAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_dry_run_says_what_is_new_changed_the_same_and_only_here()
    {
        var same = await _site.AddAsync("same");
        await _site.AddAsync("changed");
        await _site.AddAsync("only here");

        var plan = await PlanAsync([same.Definition, ScheduleSite.Definition("Changed") with { Owner = "billing" }, ScheduleSite.Definition("new")]);

        Assert.True(plan.IsSound);
        Assert.Equal([PlanKind.Same, PlanKind.Changed, PlanKind.New], plan.Rows.Select(row => row.Kind));
        Assert.Equal([new ChangedMember("name", "changed", "Changed"), new ChangedMember("owner", null, "billing")], plan.Rows[1].Changes);
        Assert.Equal(("only here", 1), (Assert.Single(plan.OnlyHere).Name, plan.OnlyHereCount));
        Assert.Equal("job.type", Assert.Single(plan.Rows[2].Warnings).Path);
        Assert.Null(await _site.Store.FindByNameAsync("new", Cancel));
    }

    [Fact]
    public async Task An_import_writes_what_the_dry_run_said_and_is_on_record()
    {
        await _site.AddAsync("changed");
        var plan = await PlanAsync([ScheduleSite.Definition("changed") with { Owner = "billing" }, ScheduleSite.Definition("new")]);

        var result = await _site.Actions.ImportAsync(_user, plan, new ImportChoices { StartPaused = true }, "from the repository", Cancel);

        Assert.Equal("2 schedules are imported: 1 new, 1 changed. The new ones are paused.", result.Message);
        Assert.Equal((2, "billing", null), await _site.Store.FindByNameAsync("changed", Cancel) is { } changed ? (changed.Version, changed.Owner, changed.PausedAt) : default);
        Assert.NotNull((await _site.Store.FindByNameAsync("new", Cancel))!.PausedAt);
        var entry = Assert.Single(await _site.EntriesAsync(), entry => entry.Kind == AuditKinds.ImportSchedules);
        Assert.Equal(("file", "test.json", AuditResult.Done), (entry.TargetKind, entry.Target, entry.Result));
        Assert.Contains("changed: owner: (none) → billing", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_rows_of_which_three_are_wrong_import_nothing_and_name_the_three()
    {
        var rows = Enumerable.Range(1, 10_000).Select(i => Json(ScheduleSite.Definition($"schedule {i:00000}"))).ToList();
        rows[16] = Json(ScheduleSite.Definition("bad cron") with { When = new ScheduleTiming { Cron = ["0 25 * * *"] } });
        rows[4_999] = """{ "name": "bad member", "jobb": {} }""";
        rows[9_999] = Json(ScheduleSite.Definition("SCHEDULE 00001"));
        var text = "[\n" + string.Join(",\n", rows) + "\n]";

        var plan = await Planner.PlanAsync("big.json", Encoding.UTF8.GetBytes(text), Cancel);
        var result = await _site.Actions.ImportAsync(_user, plan, new ImportChoices(), null, Cancel);

        Assert.Equal([(17, 18, "bad cron", "when.cron[0]"), (5_000, 5_001, "bad member", ""), (10_000, 10_001, "SCHEDULE 00001", "name")],
            plan.Errors.Select(error => (error.Row, error.Line, error.Name, error.Problems[0].Path)));
        Assert.Contains("3 schedules of the file are wrong, so nothing was imported", result.Message, StringComparison.Ordinal);
        Assert.Empty((await _site.Store.ListAsync(new ScheduleQuery(), Cancel)).Items);
        rows[16] = Json(ScheduleSite.Definition("good cron"));
        rows[4_999] = Json(ScheduleSite.Definition("good member"));
        rows[9_999] = Json(ScheduleSite.Definition("good name"));
        var corrected = await Planner.PlanAsync("big.json", Encoding.UTF8.GetBytes("[" + string.Join(',', rows) + "]"), Cancel);
        Assert.Equal("10,000 schedules are imported: 10,000 new.", (await _site.Actions.ImportAsync(_user, corrected, new ImportChoices(), null, Cancel)).Message);
    }

    [Fact]
    public async Task What_changes_between_the_dry_run_and_the_import_is_not_overwritten()
    {
        var (edited, deleted) = (await _site.AddAsync("edited"), await _site.AddAsync("deleted"));
        var plan = await PlanAsync([edited.Definition with { Owner = "file" }, deleted.Definition with { Owner = "file" }, ScheduleSite.Definition("new")]);
        await _site.Actions.SaveAsync(_user, edited.Id, 1, edited.Definition with { Owner = "operator" }, null, Cancel);
        await _site.Actions.DeleteAsync(_user, [deleted.Id], "no longer wanted", Cancel);
        await _site.AddAsync("NEW");

        var result = await _site.Actions.ImportAsync(_user, plan, new ImportChoices(), null, Cancel);

        Assert.False(result.Accepted);
        Assert.Equal(
            [("edited", "somebody has saved another version."), ("deleted", "somebody has deleted it."), ("new", "another schedule has this name by now.")],
            result.Refusals.Select(refusal => (refusal.Target, refusal.Message)));
        Assert.Equal("operator", (await _site.Store.GetAsync(edited.Id, Cancel))!.Owner);
    }

    [Fact]
    public async Task What_operators_changed_since_the_source_was_imported_is_shown_and_not_undone_unasked()
    {
        ScheduleDefinition[] file = [ScheduleSite.Definition("one"), ScheduleSite.Definition("two")];
        await _site.Actions.ImportAsync(_user, await PlanAsync(file), new ImportChoices { Source = "test.json" }, null, Cancel);
        var one = (await _site.Store.FindByNameAsync("one", Cancel))!;
        await _site.Actions.SaveAsync(_user, one.Id, 1, one.Definition with { Owner = "operator" }, null, Cancel);

        var plan = await PlanAsync([file[0] with { Description = "newer" }, file[1] with { Description = "newer" }]);
        var undecided = await _site.Actions.ImportAsync(_user, plan, new ImportChoices { Source = "test.json" }, null, Cancel);
        var source = Assert.Single(await _site.Store.SourcesAsync(Cancel));
        var kept = await _site.Actions.ImportAsync(_user, plan, new ImportChoices { Source = "test.json", Drift = DriftChoice.Keep }, null, Cancel);
        var afterwards = await PlanAsync([file[0] with { Description = "newer" }, file[1] with { Description = "newer" }]);
        var overwritten = await _site.Actions.ImportAsync(_user, afterwards, new ImportChoices { Source = "test.json", Drift = DriftChoice.Overwrite }, null, Cancel);

        Assert.Equal([new ChangedMember("owner", null, "operator")], Assert.Single(plan.Drifted).Drift);
        Assert.Contains("Operators have changed 1 schedule", undecided.Message, StringComparison.Ordinal);
        Assert.Equal(new ScheduleSource("test.json", 2, 1), source);
        Assert.Equal("1 schedule is imported: 1 changed. 1 schedule stayed as operators had changed it.", kept.Message);
        Assert.Equal("2 schedules are imported: 1 changed, 1 as before.", overwritten.Message);
        Assert.Equal(("", "newer"), await _site.Store.GetAsync(one.Id, Cancel) is { } now ? (now.Owner, now.Definition.Description) : default);
        Assert.Empty(await _site.Store.DriftedAsync("test.json", 10, Cancel));
    }

    [Fact]
    public async Task Every_shipped_example_can_be_imported()
    {
        foreach (var example in ShippedExamples.All)
        {
            var plan = await Planner.PlanAsync(example.File, example.Content, Cancel);
            var result = await _site.Actions.ImportAsync(_user, plan, new ImportChoices { Source = example.File }, null, Cancel);
            Assert.True(result.Accepted, result.Message);
            Assert.Equal(example.Schedules, result.Done);
        }

        Assert.Equal(24, (await _site.Store.ListAsync(new ScheduleQuery(), Cancel)).Total);
    }

    [Fact]
    public async Task A_broken_file_and_a_viewer_import_nothing()
    {
        var broken = await Planner.PlanAsync("broken.json", "[{\"name\": }]"u8.ToArray(), Cancel);
        var sound = await PlanAsync([ScheduleSite.Definition("new")]);

        Assert.Contains("cannot be read", (await _site.Actions.ImportAsync(_user, broken, new ImportChoices(), null, Cancel)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Your role does not permit this", (await _site.Actions.ImportAsync(await _site.UserAsync(OperatorRole.Viewer), sound, new ImportChoices(), null, Cancel)).Message, StringComparison.Ordinal);
        Assert.Empty((await _site.Store.ListAsync(new ScheduleQuery(), Cancel)).Items);
    }

    private Task<ImportPlan> PlanAsync(IReadOnlyList<ScheduleDefinition> definitions) =>
        Planner.PlanAsync("test.json", Encoding.UTF8.GetBytes("{\"format\": 1, \"schedules\": [" + string.Join(',', definitions.Select(Json)) + "]}"), Cancel);

    private static string Json(ScheduleDefinition definition) => JsonSerializer.Serialize(JsonDocument.Parse(ScheduleJson.Write(definition)));
}
