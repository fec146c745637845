using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsConsole.Data.Operators;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Tests.Browser;

public sealed partial class OperatorInTheBrowserTests(BrowserSite site) : IClassFixture<BrowserSite>
{
    [Fact]
    public async Task A_triggered_job_is_seen_to_run_and_succeed_without_a_reload()
    {
        await using var view = await site.SignInAsync(OperatorRole.Operator);
        await view.GoAsync("/trigger/browser.greet");

        await view.Page.Locator("#argument-0").FillAsync("Ada Lovelace");
        await view.Page.GetByRole(AriaRole.Button, new() { Name = "Make 1 job now" }).ClickAsync();
        await view.Page.GetByRole(AriaRole.Link, new() { Name = "Open the job" }).ClickAsync();

        await Assertions.Expect(view.Page.Locator("main .state.pill").First).ToContainTextAsync("Succeeded", new() { Timeout = 60_000 });
        await Assertions.Expect(view.Page.Locator("main")).ToContainTextAsync("Hello, Ada Lovelace", new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task A_running_job_is_cancelled_and_the_page_follows()
    {
        var id = await site.RunAsync("browser.wait", "{}", JobEventKinds.Progress);
        await using var view = await site.SignInAsync(OperatorRole.Operator);
        await view.GoAsync("/jobs/" + id);

        await view.Page.GetByRole(AriaRole.Button, new() { NameRegex = Cancel() }).First.ClickAsync();
        await view.Page.FillAsync("#confirm-reason", "It waits for nothing, ticket 12");
        await view.Page.Locator("dialog button[type=submit]").ClickAsync();

        await Assertions.Expect(view.Page.Locator("main .state.pill").First).ToContainTextAsync("Deleted", new() { Timeout = 60_000 });
        await Assertions.Expect(view.Page.Locator("main")).ToContainTextAsync("ticket 12", new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task A_failure_that_happens_comes_to_an_open_page_by_itself()
    {
        await using var view = await site.SignInAsync(OperatorRole.Viewer);
        await view.GoAsync("/failures");

        await site.RunAsync("browser.break", """{ "message": "The cellar is flooded" }""", JobEventKinds.Failed);

        await Assertions.Expect(view.Page.Locator("main")).ToContainTextAsync("The cellar is flooded", new() { Timeout = 60_000 });
    }

    [GeneratedRegex("^Cancel")]
    private static partial Regex Cancel();
}
