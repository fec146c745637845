using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Bench.Schedules;

/// <summary>A database and a part of Redis of their own, a worker in this process, and as many consoles as are asked for.</summary>
internal sealed class ScheduleSpace : IAsyncDisposable
{
    private const int Slots = 20;
    private readonly BenchSettings _settings;
    private readonly string _name;
    private readonly ServiceProvider _services;

    private ScheduleSpace(BenchSettings settings, string name, string prefix, BenchHost host)
    {
        (_settings, _name, Prefix, Host) = (settings, name, prefix, host);
        Postgres = new NpgsqlConnectionStringBuilder(settings.Postgres) { Database = name }.ConnectionString;
        _services = new ServiceCollection().AddLogging().AddConsoleData(Postgres).BuildServiceProvider();
        Database = NpgsqlDataSource.Create(Postgres);
        Ledger = new LedgerFigures(Database);
    }

    public string Prefix { get; }

    public string Postgres { get; }

    public BenchHost Host { get; }

    public NpgsqlDataSource Database { get; }

    public LedgerFigures Ledger { get; }

    public ScheduleStore Schedules => _services.GetRequiredService<ScheduleStore>();

    /// <summary>What a console of this space runs on.</summary>
    public ConsoleSettings Console => new(_settings.Redis, Prefix, Postgres);

    public static async Task<ScheduleSpace> OpenAsync(BenchSettings settings)
    {
        var name = $"bench_{Guid.NewGuid():N}";
        await RunOnServerAsync(settings, $"CREATE DATABASE {name}");
        var prefix = BenchHost.NewPrefix();
        var space = new ScheduleSpace(settings, name, prefix, await BenchHost.StartAsync(settings, prefix, Slots));
        await space._services.GetRequiredService<ConsoleDatabase>().MigrateAsync();
        return space;
    }

    /// <summary>Stores schedules as an import does.</summary>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlySet<Guid>> ImportAsync(IEnumerable<ScheduleDefinition> definitions)
    {
        var ids = new HashSet<Guid>();
        foreach (var chunk in definitions.Chunk(10_000))
        {
            var written = await Schedules.ImportAsync([.. chunk.Select(definition => new ScheduleImport(definition))], source: null, new ScheduleAuthor("bench", null));
            if (!written.IsSaved)
                throw new InvalidOperationException($"The schedules could not be stored: {written.Problems[0]}.");
            ids.UnionWith(written.Ids);
        }
        return ids;
    }

    /// <summary>A schedule that makes one trivial job every so many seconds.</summary>
    public static ScheduleDefinition Every(string name, int seconds, int phase) => new()
    {
        Name = name,
        Job = new ScheduledJob { Type = "bench.mark", Arguments = $$"""{"name":"{{name}}"}""" },
        When = new ScheduleTiming { Every = [new ScheduleInterval(seconds, phase)] },
        Overlap = OverlapPolicy.AllowAll,
    };

    public async ValueTask DisposeAsync()
    {
        await Host.ClearAsync();
        await Host.DisposeAsync();
        await _services.DisposeAsync();
        await Database.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await RunOnServerAsync(_settings, $"DROP DATABASE {_name} WITH (FORCE)");
    }

    private static async Task RunOnServerAsync(BenchSettings settings, string command)
    {
        await using var source = NpgsqlDataSource.Create(settings.Postgres);
        await using var run = source.CreateCommand(command);
        await run.ExecuteNonQueryAsync();
    }
}
