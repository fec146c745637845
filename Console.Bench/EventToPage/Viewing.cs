using System.Text.Json;
using Microsoft.Playwright;

namespace OpsConsole.Bench.EventToPage;

/// <summary>A signed-in browser with the Overview open in several pages, each of which notes its own updates.</summary>
internal sealed class Viewing(IPlaywright playwright, IBrowser browser, IReadOnlyList<IPage> pages) : IAsyncDisposable
{
    // The attribute changes in the same batch as the figures beside it, so that its change is theirs.
    private const string Watch = """
        () => {
          const node = document.querySelector("[data-through]");
          const note = () => window.benchUpdates.push([node.dataset.through, performance.timeOrigin + performance.now()]);
          window.benchUpdates = [];
          note();
          window.benchObserver = new MutationObserver(note);
          window.benchObserver.observe(node, { attributes: true, attributeFilter: ["data-through"] });
        }
        """;
    private const string Stop = "() => { window.benchObserver.disconnect(); return JSON.stringify(window.benchUpdates); }";

    public static async Task<Viewing> OpenAsync(string address, int viewers)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await LaunchAsync(playwright);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        await SignInAsync(await context.NewPageAsync(), address);
        var pages = new List<IPage>();
        for (var viewer = 0; viewer < viewers; viewer++)
            pages.Add(await OpenOverviewAsync(context, address));
        return new Viewing(playwright, browser, pages);
    }

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = "/usr/bin/chromium",
        ChromiumSandbox = false,
        Args =
        [
            "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--disable-gpu",
            "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
        ],
    });

    public Task BeginAsync() => Task.WhenAll(pages.Select(page => page.EvaluateAsync(Watch)));

    public async Task<IReadOnlyList<Sightings>> EndAsync()
    {
        var notes = await Task.WhenAll(pages.Select(page => page.EvaluateAsync<string>(Stop)));
        return [.. notes.Select(Read)];
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }

    private static async Task SignInAsync(IPage page, string address)
    {
        await page.GotoAsync(address + "/sign-in");
        await page.FillAsync("input[type=email]", ConsoleProcess.Email);
        await page.FillAsync("input[type=password]", ConsoleProcess.Password);
        await page.ClickAsync("button[type=submit]");
        await page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
        await page.CloseAsync();
    }

    private static async Task<IPage> OpenOverviewAsync(IBrowserContext context, string address)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(address + "/");
        await page.WaitForSelectorAsync("[data-through]");
        return page;
    }

    private static Sightings Read(string json) =>
        new([.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(note => (EventId.Parse(note[0].GetString()!), note[1].GetDouble()))]);
}
