using Npgsql;
using OpsConsole.Bench.Proxies;

namespace OpsConsole.Bench.Schedules;

/// <summary>The console loses PostgreSQL for a minute, and gets it back.</summary>
internal sealed class DatabaseAway(BenchSettings settings)
{
    private const int Schedules = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public int Seconds { get; } = settings.Quick ? 10 : 60;

    /// <summary>From the return of PostgreSQL to the first fire.</summary>
    public double ResumeSeconds { get; private set; }

    public Moments Moments { get; private set; } = new(0, 0, 0);

    public async Task RunAsync()
    {
        await using var space = await ScheduleSpace.OpenAsync(settings);
        var server = new NpgsqlConnectionStringBuilder(space.Postgres);
        await using var proxy = new TcpProxy(server.Host!, server.Port);
        var through = new NpgsqlConnectionStringBuilder(space.Postgres) { Host = "127.0.0.1", Port = proxy.Port };
        await using var console = await ConsoleProcess.StartAsync(space.Console with { Postgres = through.ConnectionString });
        var ids = await SecondFleet.ImportAsync(space, Schedules);
        var from = Clock.NextSecond().AddSeconds(3);
        await Clock.UntilAsync(from.AddSeconds(5));
        proxy.Cut();
        await Task.Delay(TimeSpan.FromSeconds(Seconds));
        var back = DateTimeOffset.UtcNow;
        proxy.Heal();
        await Waiting.UntilAsync("the console fires again", Patience,
            async () => await space.Ledger.NumberAsync("""SELECT count(*) FROM "Occurrences" WHERE "EnqueuedAt" > $1""", back) > 0, Clock.LookEvery);
        ResumeSeconds = (DateTimeOffset.UtcNow - back).TotalSeconds;
        await Task.Delay(TimeSpan.FromSeconds(5));
        Moments = await Moments.CountAsync(ids, from, Clock.NextSecond().AddSeconds(-2));
    }
}
