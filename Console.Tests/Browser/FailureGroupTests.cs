using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Failures;
using OpsConsole.Data.History;
using OpsConsole.Tests.Data.Failures;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class FailureGroupTests(WalkSite site) : IClassFixture<WalkSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_is_taken_noted_resolved_and_comes_back_by_itself()
    {
        var database = site.Services.GetRequiredService<HistoryDatabase>().Writing;
        await SomeFailures.StoreAsync(database, SomeFailures.Failure(DateTimeOffset.UtcNow.AddMinutes(-5)));
        await using var window = await site.SignInAsync();
        await window.GoAsync("/failures");
        var row = window.Page.Locator(".groups li").Filter(new() { HasText = "OddError" });
        await Expect(row.Locator(".figure")).ToHaveTextAsync("1");

        // Somebody else is quicker: the act on what was seen is refused, and says so.
        await row.Locator("input").CheckAsync();
        var groups = site.Services.GetRequiredService<GroupStore>();
        await groups.ChangeAsync([new GroupTarget(SomeFailures.IdOf(), 1)], new GroupChange(GroupAct.Acknowledge, "Bob", ""), Cancel);
        await window.Page.Locator(".action-bar button", new() { HasText = "Take" }).ClickAsync();
        await Expect(window.Page.GetByText("Not done, because it was changed after you had read it")).ToBeVisibleAsync();

        await row.Locator("a").ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("OddError");
        await window.Page.Locator("button", new() { HasText = "Take" }).ClickAsync();
        await Expect(window.Page.Locator(".events")).ToContainTextAsync("assigned it");
        await window.Page.FillAsync("#group-note", "Ticket 8846 <b>");
        await window.Page.Locator(".note-form button").ClickAsync();
        await Expect(window.Page.Locator(".events")).ToContainTextAsync("Ticket 8846 <b>");
        await window.Page.Locator("button", new() { HasText = "Resolve" }).ClickAsync();
        await window.Page.Locator("dialog button[type=submit]").ClickAsync();
        await Expect(window.Page.GetByText("The next failure opens it again.").First).ToBeVisibleAsync();

        await SomeFailures.StoreAsync(database, SomeFailures.Failure(DateTimeOffset.UtcNow.AddSeconds(2), jobId: "again"));

        await Expect(window.Page.Locator("main .note")).ToContainTextAsync("Opened by itself");
        await Expect(window.Page.Locator("main .note a")).ToHaveAttributeAsync("href", "/jobs/again");
        Assert.Empty(window.Faults);
        Assert.Empty(site.Log.Errors);
    }
}
