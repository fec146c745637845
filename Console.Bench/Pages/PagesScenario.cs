using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OpsConsole.Bench.Circuits;

namespace OpsConsole.Bench.Pages;

/// <summary>
/// What each page asks of PostgreSQL and Redis and how long it takes, counted on the wire. What the console does by itself meanwhile is on
/// the same wire: the fewest of several looks is what the page alone needs.
/// </summary>
internal sealed class PagesScenario : IScenario
{
    private const int SlowMs = 100;

    public string Name => "pages";

    public string About => "every page's statements, Redis commands and time: none takes more than 100 ms, none asks for each of its rows";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        await using var space = await PageSpace.OpenAsync(settings);
        var database = new NpgsqlConnectionStringBuilder(space.Postgres);
        var server = settings.Redis.Split(',', 2);
        await using var postgres = new WireTap(database.Host!, database.Port, () => new PostgresCount());
        await using var redis = new WireTap("127.0.0.1", int.Parse(server[0].Split(':')[1], CultureInfo.InvariantCulture), () => new RedisCount());
        (database.Host, database.Port) = ("127.0.0.1", postgres.Port);
        var tapped = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redis.Port},{server[^1]}");
        await using var console = await ConsoleProcess.StartAsync(new ConsoleSettings(tapped, space.Prefix, database.ConnectionString) { Options = new Dictionary<string, string> { ["Schedules__Run"] = "false" } });
        using var session = await CircuitSession.OpenAsync(console);
        using var stranger = new HttpClient { BaseAddress = new Uri(console.Address) };
        var look = new PageLook(postgres, redis, settings.Quick ? 5 : 11, TimeSpan.FromSeconds(settings.Quick ? 2 : 4));
        var rows = new List<BenchRow>();
        rows.Add(await look.RestAsync());
        foreach (var page in space.Pages)
            rows.Add(await look.AtAsync(page.IsPublic ? stranger : session.Http, page.IsPublic ? null : session, page));
        foreach (var route in space.Forgotten)
            Console.Error.WriteLine($"The page {route} has no address in PageSpace: give it one.");
        var looked = rows.Skip(1).ToList();
        return new BenchReport(Name, $"{looked.Count} addresses of {PageRoutes.All().Count} pages; fewest statements and commands of {look.Times} looks, median of their times",
        [
            new Figure("pages_forgotten", space.Forgotten.Count, AtMost: 0),
            new Figure("slowest_ms", looked.Max(row => row.Values["ms"]), AtMost: SlowMs),
            new Figure("pages_over_100_ms", looked.Count(row => row.Values["ms"] > SlowMs)),
            new Figure("most_statements", looked.Max(row => row.Values["sql"])),
            new Figure("most_redis_commands", looked.Max(row => row.Values["redis"])),
        ])
        { Rows = rows };
    }
}
