using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using OpsConsole.Data.Operators;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using IDatabase = StackExchange.Redis.IDatabase;

namespace OpsConsole.Tests.Browser;

/// <summary>The console on a port of its own, a worker beside it when a test wants one, and windows of people who are signed in.</summary>
public class WalkSite(Chromium chromium) : ConsoleSite
{
    public const string AdministratorEmail = "ada@example.org";

    private readonly ConcurrentDictionary<string, string> _sessions = new();
    private readonly Dictionary<string, IHost> _workers = [];
    private string _address = "";

    /// <summary>Makes another connection string of the one that the console would get.</summary>
    internal Func<string, string> Database { get; init; } = text => text;

    internal int RedisTimeoutMilliseconds { get; init; } = 20_000;

    internal JobsSpace Space { get; } = new();

    public ErrorLog Log { get; } = new();

    public WalkSignals Signals { get; } = new();

    public JobClient Client => Services.GetRequiredService<JobClient>();

    public RedisKeys Keys => Space.Keys;

    internal static Task<IDatabase> RedisAsync() => RedisSpace.DatabaseAsync();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        LogLevel = "Fatal";
        UseKestrel(0);
        StartServer();
        await StartAsync();
        _address = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    /// <summary>A window that nobody is signed in to.</summary>
    public async Task<Window> OpenAsync(ColorScheme colours = ColorScheme.Light, int width = 1440, string? session = null) =>
        await Window.OpenAsync(await chromium.OpenAsync(new BrowserNewContextOptions
        {
            BaseURL = _address,
            ColorScheme = colours,
            ReducedMotion = ReducedMotion.Reduce,
            StorageState = session,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        }));

    /// <summary>A window of somebody with this role; the first administrator by default.</summary>
    public async Task<Window> SignInAsync(string role = OperatorRole.Administrator, ColorScheme colours = ColorScheme.Light, int width = 1440)
    {
        if (!_sessions.TryGetValue(role, out var session))
        {
            await using var window = await OpenAsync();
            await FillSignInAsync(window, role == OperatorRole.Administrator ? AdministratorEmail : (await AddOperatorAsync(role)).Email!, Password);
            await window.Page.Locator("[data-interactive]").WaitForAsync();
            _sessions[role] = session = await window.Page.Context.StorageStateAsync();
        }
        return await OpenAsync(colours, width, session);
    }

    public static async Task FillSignInAsync(Window window, string email, string password)
    {
        await window.Page.GotoAsync("/sign-in", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await window.Page.FillAsync("#email", email);
        await window.Page.FillAsync("#password", password);
        await window.Page.ClickAsync("button[type=submit]");
    }

    /// <summary>Starts a worker in this process, if it is not there yet, and waits until its job types are known.</summary>
    public async Task<string> StartWorkerAsync(string name = "walker")
    {
        if (_workers.TryGetValue(name, out var known))
            return known.Services.GetRequiredService<JobWorker>().Id;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(Signals);
        builder.Services.AddJobStorage(options => (options.Redis, options.Prefix, options.TimeoutMilliseconds) = (RedisConnection ?? TestServers.Redis, Space.Space.Prefix, RedisTimeoutMilliseconds));
        builder.Services.AddJobWorker(worker => worker.AddJobs<WalkJobs>().Configure(options =>
        {
            (options.Name, options.Version) = (name, "1.2.3");
            var pool = new PoolOptions { Slots = 4 };
            pool.Queues.AddRange(["default", "walks", "elsewhere"]);
            options.Pools.Add(pool);
        }));
        var host = builder.Build();
        _workers[name] = host;
        await host.StartAsync();
        var worker = host.Services.GetRequiredService<JobWorker>();
        await worker.Ready.WaitAsync(TimeSpan.FromSeconds(60));
        // The console may have read its catalogue just before; asking for a type makes it look again.
        Assert.NotNull(await Services.GetRequiredService<JobCatalogue>().FindAsync("walk.greet"));
        return worker.Id;
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Signals.ReleaseAll();
        foreach (var worker in _workers.Values)
        {
            await worker.StopAsync();
            await worker.Services.GetRequiredService<JobRedis>().DisposeAsync();
            worker.Dispose();
        }
        await base.DisposeAsync();
        await Space.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Database:ConnectionString", Database(ConnectionString));
        builder.UseSetting("Jobs:Prefix", Space.Space.Prefix);
        builder.UseSetting("Jobs:TimeoutMilliseconds", RedisTimeoutMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        // Circuits outlive a site that ends within the test process, and would look for it.
        builder.UseSetting("Operators:RevalidateSeconds", "3600");
        builder.UseSetting("OPS_ADMIN_EMAIL", AdministratorEmail);
        builder.UseSetting("OPS_ADMIN_PASSWORD", Password);
        builder.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(Log));
    }
}
