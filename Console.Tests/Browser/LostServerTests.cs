using Npgsql;
using OpsConsole.Jobs.Client;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.Tests.Browser;

/// <summary>Servers that go away under open pages, and come back.</summary>
[Collection(BrowserTests.Name)]
public class LostServerTests(Chromium chromium)
{
    [Fact]
    public async Task A_Redis_that_is_killed_leaves_the_pages_alive_and_they_go_on_when_it_is_back()
    {
        await using var redis = new PrivateRedis();
        await redis.StartAsync();
        await using var site = new WalkSite(chromium) { RedisConnection = redis.Configuration, RedisTimeoutMilliseconds = 2_000 };
        await site.InitializeAsync();
        await site.StartWorkerAsync();
        await using var window = await site.SignInAsync();
        await window.GoAsync("/");
        await Expect(window.Page.Locator(".live-indicator")).ToContainTextAsync("Live");

        await redis.KillAsync();
        await Expect(window.Page.Locator(".stale-banner")).ToContainTextAsync("Redis does not answer");
        await Expect(window.Page.Locator(".stale-banner time")).ToHaveCountAsync(1);
        await window.Page.Locator("nav a[href='/queues']").First.ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("Queues");
        await Expect(window.Page.Locator(".stale-banner")).ToBeVisibleAsync();
        await window.Page.Locator("nav a[href='/']").First.ClickAsync();
        await Expect(window.Heading).ToHaveTextAsync("Overview");

        await redis.StartAsync();
        await Expect(window.Page.Locator(".stale-banner")).ToHaveCountAsync(0);
        await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.Fail("After the outage."), cancel: TestContext.Current.CancellationToken);
        await Expect(window.Page.Locator("main")).ToContainTextAsync("After the outage.");
        Assert.True(await window.WasNotReloadedAsync());
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task Without_the_database_live_pages_go_on_and_acts_are_refused_with_the_reason()
    {
        await using var way = Proxy(out var database);
        await using var site = new WalkSite(chromium) { Database = database };
        await site.InitializeAsync();
        await site.StartWorkerAsync();
        await using var window = await site.SignInAsync();
        var waits = (await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.Greet("later"), new EnqueueOptions { Queue = "nobody" }, TestContext.Current.CancellationToken)).Id;
        await window.GoAsync("/jobs/" + waits);

        way.Cut();
        await Expect(window.Page.Locator(".stale-banner")).ToContainTextAsync("The database does not answer");
        await window.Button("Delete…").ClickAsync();
        await window.AnswerAsync("Delete 1 job", "It is not needed any more.");
        await Expect(window.Toast).ToContainTextAsync("database");
        await Expect(window.State).ToContainTextAsync("Enqueued");
        await window.Page.Locator("nav a[href='/audit']").First.ClickAsync();
        await Expect(window.Page.Locator("main")).ToContainTextAsync("The audit cannot be read");
        await window.Page.Locator("nav a[href='/']").First.ClickAsync();
        await site.Client.EnqueueAsync<WalkJobs>(jobs => jobs.Fail("While the database was away."), cancel: TestContext.Current.CancellationToken);
        await Expect(window.Page.Locator("main")).ToContainTextAsync("While the database was away.");

        way.Heal();
        await Expect(window.Page.Locator(".stale-banner")).ToHaveCountAsync(0);
        await window.Page.Locator("nav a[href='/audit']").First.ClickAsync();
        await Expect(window.Page.Locator("table.audit")).ToBeVisibleAsync();
        Assert.True(await window.WasNotReloadedAsync());
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task Schedules_stay_on_their_pages_while_the_database_is_away_and_go_on_when_it_is_back()
    {
        await using var way = Proxy(out var database);
        await using var site = new WalkSite(chromium) { Database = database };
        await site.InitializeAsync();
        var schedule = await site.MakeScheduleAsync(SampleSchedules.Yearly("far away"));
        await using var window = await site.SignInAsync();
        await window.GoAsync("/schedules");
        await Expect(window.Page.Locator("table.schedules tbody tr")).ToHaveCountAsync(1);

        way.Cut();
        await Expect(window.Page.Locator(".table-note").First).ToContainTextAsync("not up to date");
        await Expect(window.Page.Locator("table.schedules tbody tr")).ToHaveCountAsync(1);
        await window.Page.Locator("table.schedules a").First.ClickAsync();
        await Expect(window.Page.Locator("main")).ToContainTextAsync("The schedule could not be read");

        way.Heal();
        await Expect(window.Heading).ToHaveTextAsync("far away");
        way.Cut();
        await Expect(window.Page.Locator("main .stale")).ToContainTextAsync("The database does not answer");
        await window.Button("Pause…").ClickAsync();
        await window.AnswerAsync("Pause 1 schedule", "Nobody can write that down");
        await Expect(window.Toast).ToContainTextAsync("database");

        way.Heal();
        await Expect(window.Page.Locator("main .stale")).ToHaveCountAsync(0);
        await site.RecordAsync(SampleSchedules.Ended(schedule.Id, DateTimeOffset.UtcNow.AddMinutes(-1), OpsConsole.Data.Schedules.OccurrenceState.Skipped, null, 0, "The one before was unfinished"));
        await Expect(window.Page.Locator("table.ledger")).ToContainTextAsync("The one before was unfinished");
        Assert.True(await window.WasNotReloadedAsync());
        Assert.Empty(window.Faults);
    }

    private static TcpProxy Proxy(out Func<string, string> throughIt)
    {
        var server = new NpgsqlConnectionStringBuilder(TestServers.Postgres);
        var proxy = new TcpProxy(server.Host!, server.Port);
        throughIt = text => new NpgsqlConnectionStringBuilder(text) { Host = "127.0.0.1", Port = proxy.Port, Timeout = 2 }.ConnectionString;
        return proxy;
    }
}
