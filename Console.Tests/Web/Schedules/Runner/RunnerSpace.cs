using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Client;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.Runner;

namespace OpsConsole.Tests.Web.Schedules.Runner;

/// <summary>A database and a part of Redis of their own, with any number of runners on them as if each were a process.</summary>
public sealed class RunnerSpace : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly PostgresFixture _postgres = new();
    private readonly List<RunnerProcess> _runners = [];
    private ServiceProvider? _services;

    /// <summary>The wall clock of everything in here.</summary>
    public SteppedTime Time { get; } = new();

    internal JobsSpace Jobs { get; } = new();

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string Postgres => _postgres.ConnectionString;

    public ScheduleStore Schedules => _services!.GetRequiredService<ScheduleStore>();

    public RunnerStore Store => _services!.GetRequiredService<RunnerStore>();

    public OpsConsole.Data.Audit.AuditStore Audit => _services!.GetRequiredService<OpsConsole.Data.Audit.AuditStore>();

    public CalendarStore Calendars => _services!.GetRequiredService<CalendarStore>();

    public async ValueTask InitializeAsync()
    {
        await _postgres.InitializeAsync();
        _services = new ServiceCollection().AddSingleton<TimeProvider>(Time).AddConsoleData(Postgres).BuildServiceProvider();
        await _services.GetRequiredService<ConsoleDatabase>().MigrateAsync();
        await Jobs.PublishAsync(SampleJobs.Published("Add"));
    }

    /// <summary>Starts a runner. Everything that its tests do not say is as it is by default.</summary>
    /// <param name="redis">Another way to Redis than the direct one.</param>
    /// <param name="postgres">Another way to the database.</param>
    /// <param name="pollSeconds">So long that nothing is found by asking, unless told otherwise.</param>
    public RunnerProcess Start(string? redis = null, string? postgres = null, int pollSeconds = 300)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Time).AddLogging(log => log.AddProvider(Log))
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddConsoleData(postgres ?? Postgres)
            .AddJobStorage(options => (options.Redis, options.Prefix, options.TimeoutMilliseconds) = (redis ?? Jobs.Space.Options.Redis, Jobs.Space.Prefix, redis is null ? 20_000 : 1_000))
            .AddScheduleRunner().Configure<ScheduleOptions>(options => (options.LeaseSeconds, options.PollSeconds) = (3, pollSeconds))
            .BuildServiceProvider();
        var runner = new RunnerProcess(services);
        _runners.Add(runner);
        return runner;
    }

    internal RunnerLog Log { get; } = new();

    /// <summary>Makes a schedule of sample jobs.</summary>
    public async Task<Schedule> CreateAsync(ScheduleTiming when, Func<ScheduleDefinition, ScheduleDefinition>? with = null)
    {
        var definition = new ScheduleDefinition
        {
            Name = "schedule " + Guid.NewGuid(),
            Job = new ScheduledJob { Type = "sample.add", Arguments = """{"number":1,"text":"scheduled"}""" },
            When = when,
            Overlap = OverlapPolicy.AllowAll,
        };
        var write = await Schedules.CreateAsync(with?.Invoke(definition) ?? definition, new ScheduleAuthor("ada", null), Cancel);
        Assert.Equal(ScheduleWriteOutcome.Saved, write.Outcome);
        return write.Schedule!;
    }

    public async Task<IReadOnlyList<Schedule>> CreateManyAsync(int count, ScheduleTiming when)
    {
        var schedules = new List<Schedule>();
        while (schedules.Count < count)
            schedules.Add(await CreateAsync(when));
        return schedules;
    }

    public Task LoggedAsync(string words) => UntilAsync(() => Task.FromResult(Log.Lines.Any(line => line.Contains(words, StringComparison.Ordinal))), () => string.Join('\n', Log.Lines));

    public Task HeldByAsync(RunnerProcess runner) => UntilAsync(async () => (await Store.GetLeaseAsync(Cancel)).Holder == runner.Holder);

    public async Task<IReadOnlyList<Occurrence>> LedgerAsync(Guid? schedule = null)
    {
        await using var context = _services!.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContext();
        return await context.Set<Occurrence>().AsNoTracking().Where(o => schedule == null || o.ScheduleId == schedule).OrderBy(o => o.ScheduleId).ThenBy(o => o.NominalAt).ToListAsync(Cancel);
    }

    /// <summary>Puts into the database what no version of the console would.</summary>
    public Task DefineAsync(Guid schedule, string definition) => RunSqlAsync($"""UPDATE "Schedules" SET "Definition" = '{definition}' WHERE "Id" = '{schedule}'""");

    public async Task RunSqlAsync(string statement)
    {
        await using var source = NpgsqlDataSource.Create(Postgres);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>Waits until the ledger is as wanted, and gives it.</summary>
    public async Task<IReadOnlyList<Occurrence>> LedgerWhenAsync(Func<IReadOnlyList<Occurrence>, bool> isWanted, Guid? schedule = null)
    {
        IReadOnlyList<Occurrence> ledger = [];
        await UntilAsync(async () => isWanted(ledger = await LedgerAsync(schedule)), () => string.Join('\n', ledger.Select(o => $"{o.NominalAt:O} {o.State} {o.Cause}").Concat(Log.Lines).TakeLast(60)));
        return ledger;
    }

    public static async Task UntilAsync(Func<Task<bool>> isWanted, Func<string>? describe = null)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await isWanted())
        {
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
                Assert.Fail("This did not come about. " + describe?.Invoke());
            await Task.Delay(LookEvery, Cancel);
        }
    }

    /// <summary>Ids of all jobs that were ever put into the queue, in their order.</summary>
    public async Task<IReadOnlyList<string>> JobsAsync() => await Jobs.QueueAsync("default");

    public async ValueTask DisposeAsync()
    {
        foreach (var runner in _runners)
            await runner.DisposeAsync();
        if (_services is not null)
            await _services.DisposeAsync();
        await Jobs.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
