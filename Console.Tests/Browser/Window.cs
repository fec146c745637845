using Microsoft.Playwright;

namespace OpsConsole.Tests.Browser;

/// <summary>A browser window with cookies of its own.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];

    private Window(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => _faults.Add(error);
        page.WebSocket += (_, socket) => Sockets.Add(socket.Url);
    }

    public IPage Page { get; }

    /// <summary>Addresses of the sockets that its pages have opened.</summary>
    public List<string> Sockets { get; } = [];

    /// <summary>What scripts of its pages have thrown.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public ILocator Heading => Page.Locator("h1");

    /// <summary>The state beside the title of a page.</summary>
    public ILocator State => Page.Locator("main .pill").First;

    public ILocator Toast => Page.Locator(".toasts");

    public static async Task<Window> OpenAsync(IBrowserContext context) => new(context, await context.NewPageAsync());

    /// <summary>Opens a page of the signed-in console and waits until it can be used.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        // A click before the circuit is up would be lost.
        await Page.Locator("[data-interactive]").WaitForAsync();
        await Assertions.Expect(Page.Locator("main .skeleton")).ToHaveCountAsync(0);
        await Page.EvaluateAsync("() => { window.sameDocument = true; }");
    }

    public ILocator Button(string name, bool exact = false) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = exact });

    /// <summary>Answers the open question.</summary>
    public async Task AnswerAsync(string act, string? reason = null, string? queue = null)
    {
        if (queue is not null)
            await Page.Locator("dialog #confirm-queue").FillAsync(queue);
        if (reason is not null)
            await Page.Locator("#confirm-reason").FillAsync(reason);
        await Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = act, Exact = true }).ClickAsync();
        await Assertions.Expect(Page.Locator("dialog")).ToHaveCountAsync(0);
    }

    /// <summary>True as long as the document is the one that was opened last.</summary>
    public Task<bool> WasNotReloadedAsync() => Page.EvaluateAsync<bool>("() => window.sameDocument === true");

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
