using OpsConsole.Jobs.Client;
using OpsConsole.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.Tests.Walks;

/// <summary>What happens in Redis is on an open page without anybody touching it.</summary>
[Collection(BrowserTests.Name)]
public class EventToPageTests(WalkSite site) : IClassFixture<WalkSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_appears_on_the_open_list_and_its_state_follows()
    {
        await site.StartWorkerAsync();
        await using var window = await site.SignInAsync();
        await window.GoAsync("/jobs?type=walk.steps");

        var id = (await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.StepsAsync("list", null!, default), cancel: Cancel)).Id;
        var row = window.Page.Locator($"tr:has(a[href='/jobs/{id}'])");
        await Expect(row).ToContainTextAsync("Processing");
        Release("list", 4);

        await Expect(row).ToContainTextAsync("Succeeded");
        Assert.True(await window.WasNotReloadedAsync());
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task Progress_and_log_lines_are_live_on_the_page_of_the_job()
    {
        await site.StartWorkerAsync();
        await using var window = await site.SignInAsync();
        var id = (await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.StepsAsync("page", null!, default), cancel: Cancel)).Id;
        await window.GoAsync("/jobs/" + id);
        await Expect(window.State).ToContainTextAsync("Processing");

        Release("page", 1);
        await Expect(window.Page.Locator(".progress")).ToContainTextAsync("step 1 of 3");
        await Expect(window.Page.Locator(".log")).ToContainTextAsync("Took step 1.");
        Release("page", 1);
        await Expect(window.Page.Locator(".progress")).ToContainTextAsync("50 %");
        await Expect(window.Page.Locator(".log p")).ToHaveCountAsync(2);
        Release("page", 2);

        await Expect(window.State).ToContainTextAsync("Succeeded");
        await Expect(window.Page.Locator(".log p")).ToHaveCountAsync(3);
        await Expect(window.Page.Locator("main")).ToContainTextAsync("Result");
        Assert.True(await window.WasNotReloadedAsync());
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task The_overview_shows_what_runs_and_what_failed()
    {
        await site.StartWorkerAsync();
        await using var window = await site.SignInAsync();
        await window.GoAsync("/");

        var running = (await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.StepsAsync("overview", null!, default), cancel: Cancel)).Id;
        var failing = (await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.Fail("The well is dry."), cancel: Cancel)).Id;

        await Expect(window.Page.Locator($".running-table a.name[href='/jobs/{running}']")).ToBeVisibleAsync();
        await Expect(window.Page.Locator($"li:has(a[href='/jobs/{failing}'])")).ToContainTextAsync("The well is dry.");
        Release("overview", 4);
        await Expect(window.Page.Locator($".running-table tr:not(.ended) a.name[href='/jobs/{running}']")).ToHaveCountAsync(0);
        Assert.True(await window.WasNotReloadedAsync());
        Assert.Empty(window.Faults);
    }

    private void Release(string key, int steps)
    {
        for (var i = 0; i < steps; i++)
            site.Signals.Release(key);
    }
}
