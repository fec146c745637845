using OpsConsole.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.Tests.Walks;

[Collection(BrowserTests.Name)]
public class TriggerTests(WalkSite site) : IClassFixture<WalkSite>
{
    [Fact]
    public async Task A_job_is_made_by_the_form_that_its_schema_gives()
    {
        await site.StartWorkerAsync();
        await using var window = await site.SignInAsync();
        await window.GoAsync("/trigger");
        await window.Page.Locator("a[href='/trigger/walk.typed']").First.ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("walk.typed");

        await window.Page.Locator("#argument-2").FillAsync("[1, 2, \"three\"]");
        await window.Button("Make 1 job now").ClickAsync();
        await Expect(window.Page.Locator("#argument-0-note .field-error")).ToHaveCountAsync(1);
        await Expect(window.Page.Locator("#argument-0")).ToHaveAttributeAsync("aria-invalid", "true");

        await window.Page.Locator("#argument-0").SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Label = "Large" });
        await window.Page.Locator("#argument-1").FillAsync("2026-02-03T04:05:06");
        await window.Button("Make 1 job now").ClickAsync();
        await Expect(window.Page.Locator("#argument-2-note .field-error").First).ToBeVisibleAsync();

        await window.Page.Locator("#argument-2").FillAsync("[1, 2, 3]");
        await window.Button("Make 1 job now").ClickAsync();
        await window.Page.GetByText("Open the job").First.ClickAsync();
        await Expect(window.State).ToContainTextAsync("Succeeded");
        await Expect(window.Page.Locator("main")).ToContainTextAsync("Large 2026-02-03 6 x1");
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task A_job_is_made_by_JSON_and_bad_JSON_is_said()
    {
        await site.StartWorkerAsync();
        await using var window = await site.SignInAsync();
        await window.GoAsync("/trigger/walk.greet");

        await window.Button("JSON", exact: true).ClickAsync();
        await window.Page.Locator("#json").FillAsync("{\"name\": ");
        await window.Button("Make 1 job now").ClickAsync();
        await Expect(window.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert).First).ToBeVisibleAsync();
        await window.Page.Locator("#json").FillAsync("{\"name\": \"Grace\"}");
        await window.Button("Make 1 job now").ClickAsync();

        await window.Page.GetByText("Open the job").First.ClickAsync();
        await Expect(window.State).ToContainTextAsync("Succeeded");
        await Expect(window.Page.Locator("main")).ToContainTextAsync("Hello Grace");
    }

    [Fact]
    public async Task A_unique_job_is_not_made_twice_and_the_page_names_the_first()
    {
        await site.StartWorkerAsync();
        await using var window = await site.SignInAsync();
        await window.GoAsync("/trigger/walk.unique");
        await window.Page.Locator("#argument-0").FillAsync("only");
        await window.Button("Make 1 job now").ClickAsync();
        await Expect(window.Page.GetByText("Open the job").First).ToBeVisibleAsync();

        await window.GoAsync("/trigger/walk.unique");
        await window.Page.Locator("#argument-0").FillAsync("only");
        await window.Button("Make 1 job now").ClickAsync();

        await Expect(window.Page.Locator("main .note.state-failed")).ToBeVisibleAsync();
        site.Signals.Release("only");
    }
}
