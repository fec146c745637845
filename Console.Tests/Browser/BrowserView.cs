using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OpsConsole.Tests.Browser;

/// <summary>One window, which remembers what its pages complained about.</summary>
public sealed class BrowserView : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    public BrowserView(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _errors.Add(message.Text);
        };
    }

    public IPage Page { get; }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    public async Task GoAsync(string path, bool isInteractive = true)
    {
        await Page.GotoAsync(path);
        if (isInteractive)
            await InteractiveAsync();
    }

    /// <summary>A click before the circuit is up would be lost.</summary>
    public async Task InteractiveAsync()
    {
        await Page.Locator("[data-interactive]").WaitForAsync();
        await Page.Locator("main .skeleton").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    /// <summary>What is wrong with the page as it stands: errors, a page wider than its window, and what axe finds.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync()
    {
        var problems = new List<string>(_errors.Select(error => "browser: " + error));
        _errors.Clear();
        var tooWide = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
        if (tooWide > 0)
            problems.Add($"the page is {tooWide} px wider than its window");
        var found = await Page.RunAxe();
        problems.AddRange(found.Violations.SelectMany(rule => rule.Nodes.Take(3).Select(node => $"{rule.Id} ({rule.Impact}): {rule.Help}: {node.Html}")));
        return problems;
    }
}
