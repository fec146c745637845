using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpsConsole.Bench.Bulk;
using OpsConsole.Bench.History;
using OpsConsole.Bench.Schedules;
using OpsConsole.Data;
using OpsConsole.Data.Operations;
using OpsConsole.Data.Schedules;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Bench.Pages;

/// <summary>A database and a part of Redis in which every page finds something to show, and the addresses under which it does.</summary>
internal sealed class PageSpace : IAsyncDisposable
{
    private const int Schedules = 300, Operations = 10, Failed = 500, Waiting = 2_000;
    private readonly BenchDatabase _database;
    private readonly BenchHost _host;
    private readonly Dictionary<string, PageAddress[]> _addresses;

    private PageSpace(BenchDatabase database, BenchHost host, string prefix, Dictionary<string, PageAddress[]> addresses)
    {
        (_database, _host, Prefix, _addresses) = (database, host, prefix, addresses);
        Postgres = database.ConnectionString;
    }

    public string Postgres { get; }

    public string Prefix { get; }

    /// <summary>Every page with something in it, in the order of their names.</summary>
    public IReadOnlyList<PageAddress> Pages => [.. PageRoutes.All().SelectMany(route => _addresses.GetValueOrDefault(route) ?? [])];

    /// <summary>Pages that the console has and this list has not.</summary>
    public IReadOnlyList<string> Forgotten => [.. PageRoutes.All().Where(route => !_addresses.ContainsKey(route))];

    public static async Task<PageSpace> OpenAsync(BenchSettings settings)
    {
        var database = await BenchDatabase.OpenAsync(settings);
        await HistorySeed.FillAsync(database.ConnectionString, new SeedSize(DateTimeOffset.UtcNow, settings.Quick ? 20_000 : 200_000, Days: 10, Groups: 1_000));
        var prefix = BenchHost.NewPrefix();
        var host = await BenchHost.StartAsync(settings, prefix, slots: 4, queue: "bench");
        await host.AnnouncedAsync();
        return new PageSpace(database, host, prefix, await FillAsync(database.ConnectionString, host));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.ClearAsync();
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task<Dictionary<string, PageAddress[]>> FillAsync(string postgres, BenchHost host)
    {
        await using var services = new ServiceCollection().AddLogging().AddConsoleData(postgres).BuildServiceProvider();
        await using var source = NpgsqlDataSource.Create(postgres);
        string[] failed = [.. Enumerable.Range(0, Failed).Select(_ => Guid.NewGuid().ToString("D"))];
        await FailedJobs.WriteAsync(host.Redis, failed, DateTimeOffset.UtcNow.AddMinutes(-1));
        var waiting = await host.Client.EnqueueManyAsync([.. Enumerable.Range(0, Waiting).Select(number => new JobRequest("bench.count", $"[{number}]"))]);
        var schedule = await ScheduleAsync(services.GetRequiredService<ScheduleStore>());
        // Their jobs are unknown to Redis, so that these end at once: one that runs asks for itself, several times a second.
        var operation = await OperateAsync(services.GetRequiredService<OperationStore>(), [.. failed.Select(_ => Guid.NewGuid().ToString("D"))]);
        var worker = (await new JobInspector(host.Redis, new JobCatalogue(host.Redis, TimeProvider.System), TimeProvider.System).GetSnapshotAsync()).Workers[0].Id;
        var (past, group) = (await TextAsync(source, """SELECT "JobId" FROM "Attempts" WHERE "Outcome" IS NOT NULL ORDER BY "EndedAt" LIMIT 1"""), await TextAsync(source, """SELECT "Id"::text FROM "FailureGroups" ORDER BY "Count" DESC LIMIT 1"""));
        return new Dictionary<string, PageAddress[]>
        {
            ["/"] = ["/"],
            ["/account"] = ["/account"],
            ["/audit"] = ["/audit"],
            ["/failures"] = ["/failures", "/failures?tab=resolved", "/failures?text=timeout"],
            ["/failures/jobs"] = ["/failures/jobs"],
            ["/failures/{Id:guid}"] = [new("/failures/" + group, "/failures/{id}")],
            ["/jobs"] = ["/jobs", "/jobs?state=failed", "/jobs?q=since:1d", "/jobs?q=state:failed%20since:7d"],
            ["/jobs/{Id}"] = [new("/jobs/" + waiting[0].Id, "/jobs/{id} waiting"), new("/jobs/" + failed[0], "/jobs/{id} failed"), new("/jobs/" + past, "/jobs/{id} past")],
            ["/kpis"] = ["/kpis", "/kpis?period=quarter"],
            ["/metrics/overview"] = ["/metrics/overview", "/metrics/overview?range=30d&compare=week&by=host"],
            ["/not-found"] = ["/not-found"],
            ["/operations"] = ["/operations"],
            ["/operations/new"] = [new("/operations/new?ids=" + failed[0], "/operations/new")],
            ["/operations/{Id:guid}"] = [new("/operations/" + operation, "/operations/{id}")],
            ["/queues"] = ["/queues"],
            ["/queues/{Name}"] = ["/queues/default"],
            ["/schedules"] = ["/schedules"],
            ["/schedules/calendar"] = ["/schedules/calendar?view=day", "/schedules/calendar?view=month"],
            ["/schedules/calendars"] = ["/schedules/calendars"],
            ["/schedules/files"] = ["/schedules/files"],
            ["/schedules/new"] = ["/schedules/new"],
            ["/schedules/{Id:guid}"] = [new("/schedules/" + schedule, "/schedules/{id}")],
            ["/schedules/{Id:guid}/edit"] = [new($"/schedules/{schedule}/edit", "/schedules/{id}/edit")],
            ["/set-password"] = ["/set-password"],
            ["/set-up"] = ["/set-up"],
            ["/sign-in"] = ["/sign-in"],
            ["/storage"] = ["/storage"],
            ["/trigger"] = ["/trigger"],
            ["/trigger/{Name}"] = ["/trigger/bench.count"],
            ["/users"] = ["/users"],
            ["/workers"] = ["/workers"],
            ["/workers/{Id}"] = [new("/workers/" + Uri.EscapeDataString(worker), "/workers/{id}")],
        };
    }

    /// <summary>Many schedules, of which none is due while pages are measured.</summary>
    private static async Task<Guid> ScheduleAsync(ScheduleStore store)
    {
        var imports = Enumerable.Range(0, Schedules).Select(number => new ScheduleImport(ScheduleSpace.Every($"measured-{number}", 86_400, (number * 60) + 7_200)));
        var written = await store.ImportAsync([.. imports], source: null, new ScheduleAuthor("bench", null));
        return written.IsSaved ? written.Ids[0] : throw new InvalidOperationException($"The schedules could not be stored: {written.Problems[0]}.");
    }

    /// <summary>Operations that are over.</summary>
    /// <returns>One of them.</returns>
    private static async Task<Guid> OperateAsync(OperationStore store, string[] jobs)
    {
        var draft = new BulkDraft { Kind = BulkKind.Retry, Source = BulkSource.Selection, Title = "measured", Reason = "to be looked at" };
        Guid? last = null;
        foreach (var some in jobs.Chunk(jobs.Length / Operations))
        {
            var made = await store.CreateAsync(draft, "bench", DateTimeOffset.UtcNow, some);
            last = made.Id ?? throw new InvalidOperationException(made.Refusal);
        }
        return last!.Value;
    }

    private static async Task<string> TextAsync(NpgsqlDataSource source, string query)
    {
        await using var command = source.CreateCommand(query);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
