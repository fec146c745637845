using Microsoft.Playwright;
using OpsConsole.Data.Operators;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Tests.Browser;

public sealed class OutageTests(BrowserSite site) : IClassFixture<BrowserSite>
{
    [Fact]
    public async Task A_lost_Redis_is_a_banner_on_an_open_page_which_heals_by_itself()
    {
        await using var view = await site.SignInAsync(OperatorRole.Viewer);
        await Assertions.Expect(view.Page.Locator(".live-indicator")).ToContainTextAsync("Live", new() { Timeout = 60_000 });

        site.CutRedis();
        await Assertions.Expect(view.Page.Locator(".stale-banner")).ToContainTextAsync("Redis does not answer", new() { Timeout = 60_000 });
        await Assertions.Expect(view.Page.Locator(".live-indicator")).ToContainTextAsync("Stale", new() { Timeout = 60_000 });

        site.HealRedis();
        await Assertions.Expect(view.Page.Locator(".stale-banner")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await site.RunAsync("browser.break", """{ "message": "After the outage" }""", JobEventKinds.Failed);
        await Assertions.Expect(view.Page.Locator("main")).ToContainTextAsync("browser.break", new() { Timeout = 60_000 });
    }
}
