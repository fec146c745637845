using Microsoft.Playwright;
using OpsConsole.Jobs.Client;
using OpsConsole.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.Tests.Walks;

/// <summary>A search with the keyboard alone, and what is kept of it.</summary>
[Collection(BrowserTests.Name)]
public class JobSearchTests(WalkSite site) : IClassFixture<WalkSite>
{
    [Fact]
    public async Task A_search_is_typed_with_help_put_right_and_saved()
    {
        foreach (var queue in (string[])["searched", "searched", "passed-over"])
            await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.Greet("search"), new EnqueueOptions { Queue = queue }, TestContext.Current.CancellationToken);
        await using var window = await site.SignInAsync();
        await window.GoAsync("/jobs");
        var (page, field, options) = (window.Page, window.Page.Locator("#job-query"), window.Page.Locator("[data-query] [role=option]"));

        await page.Keyboard.PressAsync("/");
        await Expect(field).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("queue:sear");
        await Expect(options).ToHaveTextAsync(["queue:searched 2 waiting"]);
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(field).ToHaveAttributeAsync("aria-activedescendant", await options.First.GetAttributeAsync("id") ?? "none");
        await AnswerOnceMoreAsync(page);
        await page.Keyboard.PressAsync("Tab");
        await Expect(field).ToHaveValueAsync("queue:searched ");
        await page.Keyboard.TypeAsync("state:enqeued");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".under u")).ToHaveTextAsync("enqeued");
        await Expect(field).ToHaveValueAsync("queue:searched state:enqeued");
        await field.FillAsync("queue:searched state:enqueued");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("table.jobs tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Locator(".token")).ToHaveTextAsync(["queue:searched", "state:enqueued"]);
        await window.Button("Save view").ClickAsync();
        await page.Locator("#confirm-name").FillAsync("Mine to watch");
        await window.AnswerAsync("Save 1 view");
        await page.GotoAsync("/jobs");
        await page.Locator(".views a").Filter(new() { HasText = "Mine to watch" }).ClickAsync();
        await Expect(page.Locator(".views a[aria-current]")).ToContainTextAsync("Mine to watch");
        await Expect(page.Locator("table.jobs tbody tr")).ToHaveCountAsync(2);
    }

    /// <summary>What a slow server does: the answer to a letter comes when an option is chosen already.</summary>
    private static async Task AnswerOnceMoreAsync(IPage page)
    {
        var answer = page.Locator("#job-query-list");
        var before = await answer.GetAttributeAsync("data-answer") ?? "";
        await page.Locator("#job-query").EvaluateAsync("""
            field => field.dispatchEvent(new CustomEvent("queryinput", { bubbles: true, detail: { before: "", text: field.value, caret: field.value.length } }))
            """);
        await Expect(answer).Not.ToHaveAttributeAsync("data-answer", before);
    }

    [Fact]
    public async Task A_phone_opens_a_job_by_a_touch_anywhere_on_its_row()
    {
        var made = await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.Greet("touch"), new EnqueueOptions { Queue = "touched" }, TestContext.Current.CancellationToken);
        await using var window = await site.SignInAsync(width: 390);
        await window.GoAsync("/jobs?q=queue:touched");
        // The link of the row lies over all of it.
        await window.Page.Locator("td.c-args").ClickAsync(new() { Force = true });
        await window.Page.WaitForURLAsync("**/jobs/" + made.Id);
    }
}
