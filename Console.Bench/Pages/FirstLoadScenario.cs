using Microsoft.Playwright;
using OpsConsole.Bench.Circuits;
using OpsConsole.Bench.EventToPage;

namespace OpsConsole.Bench.Pages;

/// <summary>What comes over the wire when a browser that has never been here opens a page, counted between the two, and when the page can be used.</summary>
internal sealed class FirstLoadScenario : IScenario
{
    // Noted by the page itself: whoever asks from outside asks late.
    private const string Note = """
        new MutationObserver((_, it) => {
          if (!document.querySelector("[data-interactive]")) return;
          window.benchInteractive = performance.now();
          it.disconnect();
        }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-interactive"] });
        """;

    public string Name => "first-load";

    public string About => "first load of every page in a real browser with a cold cache: at most 300 KB over the wire, interactive within a second";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var times = settings.Quick ? 1 : 3;
        await using var space = await PageSpace.OpenAsync(settings);
        await using var console = await ConsoleProcess.StartAsync(new ConsoleSettings(settings.Redis, space.Prefix, space.Postgres));
        using var session = await CircuitSession.OpenAsync(console);
        await using var wire = new WireTap("127.0.0.1", session.Address.Port, () => new NoCount());
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Viewing.LaunchAsync(playwright);
        var address = $"http://127.0.0.1:{wire.Port}";
        // The browser itself starts once as well.
        await LoadAsync(browser, wire, session, address + "/account");
        var rows = new List<BenchRow>();
        foreach (var page in space.Pages.Where(page => !page.IsPublic))
        {
            // What the console compiles at its first look at a page is paid once, and not by each who comes.
            await session.Http.GetByteArrayAsync(new Uri(page.Path, UriKind.Relative));
            var loads = new List<(double Kb, double Ms)>();
            for (var time = 0; time < times; time++)
                loads.Add(await LoadAsync(browser, wire, session, address + page.Path));
            rows.Add(new BenchRow(page.Name, new Dictionary<string, double> { ["kb"] = loads.Max(load => load.Kb), ["interactive_ms"] = Percentile.Of(loads.Select(load => load.Ms), 0.5) }));
        }
        return new BenchReport(Name, $"{rows.Count} addresses, {times} loads each in a browser that knows nothing; HTTP and WebSocket together, as they were on the wire until the page was interactive",
        [
            new Figure("largest_kb", rows.Max(row => row.Values["kb"]), AtMost: 300),
            new Figure("median_kb", Percentile.Of(rows.Select(row => row.Values["kb"]), 0.5)),
            new Figure("slowest_interactive_ms", rows.Max(row => row.Values["interactive_ms"]), AtMost: 1_000),
            new Figure("median_interactive_ms", Percentile.Of(rows.Select(row => row.Values["interactive_ms"]), 0.5)),
        ])
        { Rows = rows };
    }

    private static async Task<(double Kb, double Ms)> LoadAsync(IBrowser browser, WireTap wire, CircuitSession session, string address)
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        await context.AddCookiesAsync(session.Cookies.GetAllCookies().Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = new Uri(new Uri(address), "/").ToString() }));
        await context.AddInitScriptAsync(Note);
        var page = await context.NewPageAsync();
        var before = wire.Figures;
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.WaitForSelectorAsync("[data-interactive]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        var ms = await page.EvaluateAsync<double>("() => window.benchInteractive ?? performance.now()");
        return ((wire.Figures - before).Bytes / 1e3, ms);
    }
}
