using System.Globalization;
using Npgsql;
using OpsConsole.Bench;
using OpsConsole.Bench.History;
using OpsConsole.Bench.Proxies;
using OpsConsole.Chaos.Servers;

namespace OpsConsole.Chaos.Experiments;

/// <summary>The console loses PostgreSQL while jobs are made and run.</summary>
internal sealed class PostgresAway : IExperiment
{
    private static readonly string[] s_pages = ["/", "/jobs", "/workers", "/queues"];

    public string Name => "postgres-away";

    public string About => "PostgreSQL away for 60 s: jobs run on untouched, pages answer, the history is complete afterwards";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var seconds = settings.Quick ? 8 : 60;
        await using var space = await ChaosSpace.OpenAsync(settings, workers: 2, slots: 10);
        await using var database = await BenchDatabase.OpenAsync(new BenchSettings(space.Redis.Configuration, settings.Postgres, settings.Quick));
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var proxy = new TcpProxy(server.Host!, server.Port);
        var through = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = "127.0.0.1", Port = proxy.Port };
        await using var console = await ConsoleProcess.StartAsync(new ConsoleSettings(space.Redis.Configuration, space.Jobs.Keys.Prefix, through.ConnectionString));
        using var visitor = await ConsoleVisitor.SignInAsync(console);
        foreach (var page in s_pages)
        {
            if ((await visitor.OpenAsync(page)).Fault is { } fault)
                throw new InvalidOperationException($"With PostgreSQL there, {fault}.");
        }
        using var end = new CancellationTokenSource();
        var making = space.Load.KeepMakingAsync("chaos.work", """{"milliseconds":100}""", TimeSpan.FromMilliseconds(10), end.Token);
        var before = await RateAsync(space, TimeSpan.FromSeconds(4));
        proxy.Cut();
        var visits = VisitAsync(visitor, seconds);
        var during = await RateAsync(space, TimeSpan.FromSeconds(seconds));
        var seen = await visits;
        proxy.Heal();
        await end.CancelAsync();
        var refused = await making;
        var settled = await space.SettleAsync(TimeSpan.FromMinutes(2));
        var verdict = await space.JudgeAsync();
        var caughtUp = await Waiting.TryUntilAsync(TimeSpan.FromMinutes(2), async () => await StoredAsync(database) >= verdict.Acknowledged.Count);
        return new ChaosReport(Name, $"PostgreSQL away for {seconds} s; {seen.Count} pages opened meanwhile{seen.Select(page => page.Fault).OfType<string>().Select(fault => "; " + fault).FirstOrDefault()}", verdict.Lost.Count, verdict.Audit.DoubleEffects,
        [
            .. verdict.Figures,
            new Figure("settled", settled ? 1 : 0, AtLeast: 1),
            new Figure("enqueues_refused", refused, AtMost: 0),
            settings.Timed("rate_kept_percent", 100 * during / before, atLeast: 90),
            new Figure("pages_opened", seen.Count, AtLeast: s_pages.Length),
            new Figure("pages_not_there", seen.Count(page => page.Fault is not null), AtMost: 0),
            settings.Timed("page_max_s", seen.Max(page => page.Seconds), atMost: 5),
            new Figure("missing_in_the_history", verdict.Acknowledged.Count - await StoredAsync(database), AtMost: 0),
            settings.Timed("history_caught_up_s", caughtUp?.TotalSeconds ?? double.NaN, atMost: 60),
        ]);
    }

    private static async Task<List<(string? Fault, double Seconds)>> VisitAsync(ConsoleVisitor visitor, int seconds)
    {
        var (seen, end) = (new List<(string?, double)>(), DateTimeOffset.UtcNow.AddSeconds(seconds));
        for (var i = 0; DateTimeOffset.UtcNow < end; i++)
        {
            seen.Add(await visitor.OpenAsync(s_pages[i % s_pages.Length]));
            await Task.Delay(500);
        }
        return seen;
    }

    private static async Task<double> RateAsync(ChaosSpace space, TimeSpan time)
    {
        var done = await space.SucceededAsync();
        await Task.Delay(time);
        return (await space.SucceededAsync() - done) / time.TotalSeconds;
    }

    private static async Task<long> StoredAsync(BenchDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var count = source.CreateCommand("""SELECT count(DISTINCT "JobId") FROM "Attempts" WHERE "Outcome" = 1""");
        return Convert.ToInt64(await count.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
