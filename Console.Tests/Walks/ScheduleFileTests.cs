using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Operators;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.Tests.Walks;

[Collection(BrowserTests.Name)]
public class ScheduleFileTests(WalkSite site) : IClassFixture<WalkSite>
{
    private const string Hostile = "<img src=x onerror=alert(1)>";

    private ScheduleStore Store => site.Services.GetRequiredService<ScheduleStore>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shipped_example_is_imported_in_one_click_and_shows_drift_later()
    {
        await using var window = await site.SignInAsync();
        await window.GoAsync("/schedules/files");
        await window.Button("Import 5 schedules").ClickAsync();
        await Expect(window.Page.Locator(".answer")).ToContainTextAsync("5 schedules are imported: 5 new.");
        await Expect(window.Page.GetByText("5 schedules, all as in the file")).ToBeVisibleAsync();

        var alert = (await Store.FindByNameAsync("Alert: stage delays", Cancel))!;
        await Store.SaveAsync(alert.Id, alert.Version, alert.Definition with { Owner = "somebody else" }, new ScheduleAuthor("test"), cancel: Cancel);
        await window.GoAsync("/schedules/files");
        await window.Button("1 schedule has drifted").ClickAsync();
        await Expect(window.Page.Locator(".difference")).ToContainTextAsync("somebody else");

        await window.Button("Import 5 schedules").ClickAsync();
        await Expect(window.Page.Locator(".plan")).ToContainTextAsync("nothing is written yet");
        await Expect(window.Page.Locator(".import .btn-primary")).ToBeDisabledAsync();
        await LookAsync(window);
        await window.Page.GetByText("Overwrite").ClickAsync();
        await window.Button("Import 5 schedules").ClickAsync();
        await Expect(window.Page.Locator(".answer")).ToContainTextAsync("1 changed, 4 as before");
        Assert.Equal("project office", (await Store.GetAsync(alert.Id, Cancel))!.Owner);
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task A_file_is_compared_first_corrected_and_then_imported()
    {
        await using var window = await site.SignInAsync();
        await window.GoAsync("/schedules/files");

        await window.Page.Locator("#file").SetInputFilesAsync(FileOf($$"""[{"name": "{{Hostile}}", "owner": "{{Hostile}}", "job": {"type": "{{Hostile}}"}, "when": {"cron": ["61 * * * *"]} }]"""));
        await Expect(window.Page.Locator(".errors")).ToContainTextAsync("1 schedule is wrong, so nothing of the file can be imported.");
        await Expect(window.Page.Locator(".errors")).ToContainTextAsync("when.cron[0]");
        await Expect(window.Page.Locator(".errors")).ToContainTextAsync(Hostile);
        await LookAsync(window);
        await window.Button("Choose another file").ClickAsync();

        await window.Page.Locator("#file").SetInputFilesAsync(FileOf($$"""[{"name": "{{Hostile}}", "owner": "{{Hostile}}", "job": {"type": "{{Hostile}}"}, "when": {"cron": ["6 * * * *"]} }]"""));
        await Expect(window.Page.Locator(".plan-rows")).ToContainTextAsync(Hostile);
        await Expect(window.Page.Locator(".plan-rows .field-warning")).ToContainTextAsync("No host has published");
        await LookAsync(window);
        await window.Page.Locator("#why").FillAsync("first of its kind");
        await window.Button("Import 1 schedule", exact: true).ClickAsync();
        await Expect(window.Page.Locator(".answer")).ToContainTextAsync("1 schedule is imported: 1 new.");
        Assert.Equal("first of its kind", (await Store.GetVersionAsync((await Store.FindByNameAsync(Hostile, Cancel))!.Id, 1, Cancel))!.Why);
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task Pasted_text_of_any_size_is_read_and_broken_JSON_is_named_by_its_place()
    {
        await using var window = await site.SignInAsync();
        await window.GoAsync("/schedules/files");
        await window.Page.GetByText("Paste text instead").ClickAsync();
        await window.Page.Locator("#pasted").FillAsync("[\n{\"name\": \"a\",}\n]");
        await window.Button("See what it changes", exact: true).ClickAsync();
        await Expect(window.Page.Locator(".fault")).ToContainTextAsync("Line 2, column 14:");
        await LookAsync(window);
        await window.Button("Choose another file").ClickAsync();

        var rows = Enumerable.Range(1, 2_000).Select(i => $$"""{"name": "pasted {{i}}", "job": {"type": "x"}, "when": {"cron": ["@daily"] } }""");
        await window.Page.GetByText("Paste text instead").ClickAsync();
        await window.Page.Locator("#pasted").FillAsync($"[{string.Join(",\n", rows)}]");
        await window.Button("See what it changes", exact: true).ClickAsync();
        await Expect(window.Button("Import 2,000 schedules")).ToBeEnabledAsync(new() { Timeout = 60_000 });
        Assert.Null(await Store.FindByNameAsync("pasted 1", Cancel));
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task A_viewer_looks_and_imports_nothing()
    {
        await using var window = await site.SignInAsync(OperatorRole.Viewer);
        await window.GoAsync("/schedules/files");

        await window.Button("Dry run of Shop").ClickAsync();
        await Expect(window.Page.Locator("main")).ToContainTextAsync("Your role does not allow imports.");
        await Expect(window.Page.Locator(".import")).ToHaveCountAsync(0);
    }

    /// <summary>A dry run has no address, so it is looked at here.</summary>
    private static async Task LookAsync(Window window)
    {
        Assert.Equal(0, await window.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
        Assert.Empty((await window.Page.RunAxe()).Violations.SelectMany(rule => rule.Nodes.Take(3).Select(node => $"{rule.Id}: {rule.Help}: {node.Html}")));
    }

    private static Microsoft.Playwright.FilePayload FileOf(string text) => new() { Name = "<b>file</b>.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(text) };
}
