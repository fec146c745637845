using Microsoft.Playwright;

namespace OpsConsole.Tests.Browser;

/// <summary>The one browser process of all tests that need a browser; each window in it is a stranger to the others.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        // A busy machine may take seconds for what is otherwise done at once.
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("OPS_TEST_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium",
            ChromiumSandbox = false,
            Args = ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--disable-gpu"],
        });
    }

    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(60_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "Browser";
}
