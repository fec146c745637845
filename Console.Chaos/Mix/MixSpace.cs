using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpsConsole.Bench;
using OpsConsole.Bench.History;
using OpsConsole.Bench.Proxies;
using OpsConsole.Chaos.Experiments;
using OpsConsole.Chaos.Fleet;
using OpsConsole.Chaos.Servers;
using OpsConsole.Data;

namespace OpsConsole.Chaos.Mix;

/// <summary>All that there is to harm: workers, some of them with wrong clocks and one behind a proxy, Redis, PostgreSQL behind another one, a console with schedules.</summary>
internal sealed class MixSpace : IAsyncDisposable
{
    private const double MostMegabytes = 700;
    private readonly BenchDatabase _database;
    private readonly ServiceProvider _services;
    private readonly NpgsqlDataSource _source;
    // Their clocks are wrong; nobody harms them otherwise.
    private readonly WorkerFleet _skewed;

    private MixSpace(ChaosSettings settings, ChaosSpace space, BenchDatabase database)
    {
        (Base, _database) = (space, database);
        _services = new ServiceCollection().AddLogging().AddConsoleData(database.ConnectionString).BuildServiceProvider();
        _source = NpgsqlDataSource.Create(database.ConnectionString);
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        Database = new TcpProxy(server.Host!, server.Port);
        Proxy = new DeathProxy(space.Redis.Port);
        Doomed = new WorkerFleet(space.Fleet.Settings with { Redis = Proxy.Configuration }, settings.Folder);
        _skewed = new WorkerFleet(space.Fleet.Settings, settings.Folder);
        Operator = new MixOperator(space, _services, _source);
    }

    public ChaosSpace Base { get; }

    /// <summary>One worker, behind the proxy.</summary>
    public WorkerFleet Doomed { get; }

    public DeathProxy Proxy { get; }

    public TcpProxy Database { get; }

    public MixConsole Console { get; private set; } = null!;

    public MixSchedules Schedules { get; private set; } = null!;

    public MixOperator Operator { get; }

    public static async Task<MixSpace> OpenAsync(ChaosSettings settings, int workers, int slots, int leaseSeconds)
    {
        var space = await ChaosSpace.OpenAsync(settings, workers, slots, leaseSeconds, new Dictionary<string, string> { ["appendfsync"] = "always" });
        var mix = new MixSpace(settings, space, await BenchDatabase.OpenAsync(new BenchSettings(space.Redis.Configuration, settings.Postgres, settings.Quick)));
        await mix.StartAsync();
        return mix;
    }

    /// <summary>Starts every worker again that ends or takes too much memory.</summary>
    /// <returns>How many had to be replaced.</returns>
    public async Task<int> SuperviseAsync(CancellationToken end) =>
        (await Task.WhenAll(new[] { Base.Fleet, Doomed, _skewed }.Select(fleet => fleet.SuperviseAsync(MostMegabytes, end)))).Sum();

    /// <summary>Jobs that have succeeded by the history.</summary>
    public async Task<IReadOnlySet<string>> HistoryAsync()
    {
        await using var command = _source.CreateCommand("""SELECT DISTINCT "JobId" FROM "Attempts" WHERE "Outcome" = 1""");
        command.CommandTimeout = 120;
        await using var row = await command.ExecuteReaderAsync();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (await row.ReadAsync())
            ids.Add(row.GetString(0));
        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        await Doomed.DisposeAsync();
        await _skewed.DisposeAsync();
        Proxy.Dispose();
        await Base.DisposeAsync();
        await Database.DisposeAsync();
        await _services.DisposeAsync();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task StartAsync()
    {
        await _services.GetRequiredService<ConsoleDatabase>().MigrateAsync();
        Doomed.Start(1);
        _skewed.Start(1, ClockSkew.Faked("+31m"));
        _skewed.Start(1, ClockSkew.Faked("-5s"));
        var through = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Host = "127.0.0.1", Port = Database.Port };
        Console = await MixConsole.StartAsync(new ConsoleSettings(Base.Redis.Configuration, Base.Jobs.Keys.Prefix, through.ConnectionString));
        Schedules = await MixSchedules.StartAsync(_services);
    }
}
