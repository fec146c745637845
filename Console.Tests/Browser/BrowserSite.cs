using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;

namespace OpsConsole.Tests.Browser;

/// <summary>The console on a port of its own, a worker beside it, and a browser in front of it.</summary>
public sealed class BrowserSite : IAsyncLifetime
{
    private static readonly string[] s_arguments =
        ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--disable-gpu"];

    private readonly RedisProxy _way = new();
    private readonly Dictionary<string, string> _addresses = [];
    private IHost? _worker;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ConsoleSite Console { get; } = new();

    public JobClient Jobs => _worker!.Services.GetRequiredService<JobClient>();

    public string WorkerId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await Console.InitializeAsync();
        _worker = await StartWorkerAsync();
        WorkerId = (await EventAsync("0-0", e => e.Kind == JobEventKinds.WorkerStarted)).Subject;
        Console.RedisConnection = _way.ConnectionString;
        // Pages outlive their windows for some minutes, and complain when the server goes away under them.
        Console.LogLevel = "Fatal";
        Console.UseKestrel(0);
        Console.StartServer();
        await Console.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = FindChromium(), ChromiumSandbox = false, Args = s_arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
        if (_worker is not null)
        {
            await _worker.StopAsync();
            _worker.Dispose();
        }
        await Console.DisposeAsync();
        await _way.DisposeAsync();
    }

    /// <summary>Takes Redis away from the console; the worker keeps it.</summary>
    public void CutRedis() => _way.Cut();

    public void HealRedis() => _way.Heal();

    /// <summary>A new browser session, in which somebody of this role is signed in.</summary>
    public async Task<BrowserView> SignInAsync(string role, string theme = "light", int width = 1440)
    {
        var view = await OpenAsync(theme, width);
        await view.GoAsync("/sign-in", isInteractive: false);
        await view.Page.FillAsync("#email", await AddressOfAsync(role));
        await view.Page.FillAsync("#password", ConsoleSite.Password);
        await view.Page.ClickAsync("button[type=submit]");
        await view.InteractiveAsync();
        return view;
    }

    /// <summary>A new browser session without an account.</summary>
    public async Task<BrowserView> OpenAsync(string theme, int width)
    {
        var address = Console.ClientOptions.BaseAddress;
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 900 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        await context.AddCookiesAsync([new Cookie { Name = "ops-theme", Value = theme, Url = address.ToString() }]);
        return new BrowserView(context, await context.NewPageAsync());
    }

    /// <summary>Makes a job and waits for the event that says how far it has come.</summary>
    public async Task<string> RunAsync(string jobType, string arguments, string until, EnqueueOptions? options = null)
    {
        var position = await Events.GetPositionAsync(TestContext.Current.CancellationToken);
        var made = await Jobs.EnqueueAsync(jobType, arguments, options, TestContext.Current.CancellationToken);
        Assert.True(made.IsCreated, made.Message);
        await EventAsync(position, e => e.Subject == made.Id && e.Kind == until);
        return made.Id;
    }

    private JobEventReader Events => _worker!.Services.GetRequiredService<JobEventReader>();

    private async Task<JobEvent> EventAsync(string after, Predicate<JobEvent> isIt)
    {
        await foreach (var batch in Events.FollowAsync(after, TestContext.Current.CancellationToken))
        {
            if (batch.Events.FirstOrDefault(e => isIt(e)) is { } found)
                return found;
        }
        throw new InvalidOperationException("The stream of events has ended.");
    }

    private async Task<string> AddressOfAsync(string role)
    {
        if (!_addresses.TryGetValue(role, out var address))
            _addresses[role] = address = (await Console.AddOperatorAsync(role)).Email!;
        return address;
    }

    private async Task<IHost> StartWorkerAsync()
    {
        var builder = Host.CreateApplicationBuilder(["--Logging:LogLevel:Default=None"]);
        builder.Services.AddJobStorage(options =>
        {
            options.Redis = Console.Redis.Options.Redis;
            options.Prefix = Console.Redis.Prefix;
            options.TimeoutMilliseconds = Console.Redis.Options.TimeoutMilliseconds;
        });
        builder.Services.AddJobWorker(worker => worker.AddJobs<BrowserJobs>());
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private static string FindChromium() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("There is no program 'chromium' on the PATH. Run ./test.sh, which installs it, or: apt-get install --no-install-recommends chromium");
}
