using System.Diagnostics;
using Npgsql;
using OpsConsole.Bench.History;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Bench.Ingest;

/// <summary>A console stores a steady stream, then a burst, then millions; after that two consoles take turns in being killed or frozen.</summary>
internal sealed class IngestScenario : IScenario
{
    private const double Goal = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly List<double> _memory = [];

    public string Name => "ingest";

    public string About => "the history stores 10,000 events/s with at most 2 s of lag, a burst of 200,000 without one lost, 5,000,000 in flat memory, and each once through kills";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        await using var database = await BenchDatabase.OpenAsync(settings);
        var prefix = BenchHost.NewPrefix();
        await BenchHost.PublishTypesAsync(settings, prefix);
        await using var host = await BenchHost.StartAsync(settings, prefix);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var console = new ConsoleSettings(settings.Redis, prefix, database.ConnectionString);
        var maker = new EventMaker(host);
        var watch = new IngestWatch(source, new JobEventReader(host.Redis, TimeProvider.System));
        List<Figure> figures;
        await using (var one = await ConsoleProcess.StartAsync(console))
        {
            figures = [.. await SteadyAsync(maker, watch, one, settings.Quick ? 15 : 60), .. await BurstAsync(maker, watch)];
            figures.AddRange(await ManyAsync(maker, watch, one, settings.Quick ? 200_000 : 5_000_000));
        }
        var kills = new IngestKills(console, maker, watch);
        await kills.RunAsync(settings.Quick ? 3 : 10);
        figures.Add(new Figure("kills", kills.Kills));
        figures.Add(new Figure("freezes", kills.Freezes));
        figures.Add(new Figure("takeover_s", kills.LongestTakeoverSeconds));
        figures.Add(new Figure("lost", maker.Jobs - await watch.NumberAsync("""SELECT count(DISTINCT "JobId") FROM "Attempts" """), AtMost: 0));
        figures.Add(new Figure("twice", await watch.NumberAsync("""SELECT count(*) - count(DISTINCT "JobId") FROM "Attempts" """), AtMost: 0));
        figures.Add(new Figure("gaps", await watch.NumberAsync("""SELECT count(*) FROM "HistoryGaps" """), AtMost: 0));
        await host.ClearAsync();
        return new BenchReport(Name, $"{maker.Events:N0} events of {maker.Jobs:N0} jobs, one third of them attempts that ended; console, PostgreSQL, Redis and the maker of the events on this machine", figures);
    }

    private static async Task<IReadOnlyList<Figure>> SteadyAsync(EventMaker maker, IngestWatch watch, ConsoleProcess console, int seconds)
    {
        // What is compiled and planned at the first call is no part of a steady state.
        await maker.SteadyAsync((long)Goal * 5, Goal, () => true);
        await watch.CatchUpAsync(Patience);
        using var stop = new CancellationTokenSource();
        var (since, used) = (Stopwatch.GetTimestamp(), console.ProcessorTime);
        var watching = watch.RunAsync(stop.Token);
        await maker.SteadyAsync((long)Goal * seconds, Goal, () => true);
        var took = Stopwatch.GetElapsedTime(since).TotalSeconds;
        await stop.CancelAsync();
        await watching;
        return
        [
            new Figure("steady_events_per_s", Goal * seconds / took),
            new Figure("lag_s", watch.Lags.Max(), AtMost: 2),
            new Figure("lag_p50_s", Percentile.Of(watch.Lags, 0.5)),
            new Figure("console_cpu_us_per_event", (console.ProcessorTime - used).TotalSeconds / (Goal * seconds) * 1e6),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> BurstAsync(EventMaker maker, IngestWatch watch)
    {
        var since = Stopwatch.GetTimestamp();
        await maker.BurstAsync(200_000);
        var made = Stopwatch.GetElapsedTime(since).TotalSeconds;
        await watch.CatchUpAsync(Patience);
        return [new Figure("burst_made_s", made), new Figure("burst_stored_s", Stopwatch.GetElapsedTime(since).TotalSeconds)];
    }

    // As fast as the history goes: the maker waits while it is far behind.
    private async Task<IReadOnlyList<Figure>> ManyAsync(EventMaker maker, IngestWatch watch, ConsoleProcess console, long events)
    {
        using var stop = new CancellationTokenSource();
        var (since, before) = (Stopwatch.GetTimestamp(), watch.Events);
        var first = maker.Events;
        var watching = Task.WhenAll(watch.RunAsync(stop.Token), MeasureAsync(console, stop.Token));
        await maker.SteadyAsync(events, 1e9, () => maker.Events - first - (watch.Events - before) < 60_000);
        await watch.CatchUpAsync(Patience);
        var took = Stopwatch.GetElapsedTime(since).TotalSeconds;
        await stop.CancelAsync();
        await watching;
        var quarter = Math.Max(1, _memory.Count / 4);
        return
        [
            new Figure("events_per_s", events / took, AtLeast: Goal),
            new Figure("memory_mb", _memory.Max()),
            // The last quarter against the second one: the first still grows into its working size.
            new Figure("memory_growth_mb", _memory.TakeLast(quarter).Average() - _memory.Skip(quarter).Take(quarter).DefaultIfEmpty(_memory[0]).Average(), AtMost: 50),
        ];
    }

    private async Task MeasureAsync(ConsoleProcess console, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            _memory.Add(console.MemoryMegabytes);
            await Task.Delay(1_000, CancellationToken.None);
        }
    }
}
