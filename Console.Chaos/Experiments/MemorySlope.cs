using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OpsConsole.Bench;
using OpsConsole.Bench.Circuits;
using OpsConsole.Bench.History;
using OpsConsole.Bench.Ingest;
using OpsConsole.Chaos.Memory;
using OpsConsole.Chaos.Servers;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Millions of events go through a console that people look at all the while.</summary>
internal sealed class MemorySlope : IExperiment
{
    private const double EventsPerSecond = 3_500;
    private const int MostWaiting = 30_000;
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly string[] s_pages = ["/", "/queues", "/workers", "/jobs", "/failures"];
    private readonly List<(double Seconds, double Value)> _heap = [];
    private readonly List<(double Seconds, double Value)> _resident = [];
    private volatile bool _isHeldUp;

    public string Name => "memory";

    public string About => "5,000,000 events through a console with 20 open dashboards: after warm-up its memory rises by at most 1 MB/h";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var (events, dashboards, every) = settings.Quick ? (100_000L, 3, 5) : (5_000_000L, 20, 45);
        await using var redis = await RedisServer.StartNewAsync(settings);
        var bench = new BenchSettings(redis.Configuration, settings.Postgres, settings.Quick);
        await using var database = await BenchDatabase.OpenAsync(bench);
        var prefix = BenchHost.NewPrefix();
        await BenchHost.PublishTypesAsync(bench, prefix);
        await using var host = await BenchHost.StartAsync(bench, prefix);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var console = await ConsoleProcess.StartAsync(new ConsoleSettings(redis.Configuration, prefix, database.ConnectionString));
        using var session = await CircuitSession.OpenAsync(console);
        var circuits = new List<Circuit>();
        for (var i = 0; i < dashboards; i++)
            circuits.Add(await Circuit.OpenAsync(session, s_pages[i % s_pages.Length]));
        var (maker, watch) = (new EventMaker(host), new IngestWatch(source, new JobEventReader(host.Redis, TimeProvider.System)));
        var took = await FlowAsync(maker, watch, console, (settings.Quick ? 4 * EventsPerSecond : EventsPerSecond, events), every);
        var broken = circuits.Count(circuit => circuit.Fault is not null);
        var drawings = circuits.Sum(circuit => circuit.Batches);
        foreach (var circuit in circuits)
            await circuit.DisposeAsync();
        var warm = took / 3;
        var (heap, resident) = (_heap.Where(one => one.Seconds >= warm).ToList(), _resident.Where(one => one.Seconds >= warm).ToList());
        var lost = maker.Jobs - await watch.NumberAsync("""SELECT count(DISTINCT "JobId") FROM "Attempts" """);
        return new ChaosReport(Name, $"{maker.Events:N0} events in {took:N0} s, {dashboards} dashboards; slopes after the first third", lost, await watch.NumberAsync("""SELECT count(*) - count(DISTINCT "JobId") FROM "Attempts" """),
        [
            new Figure("events", maker.Events),
            new Figure("dashboards_broken", broken, AtMost: 0),
            new Figure("drawings", drawings, AtLeast: dashboards),
            new Figure("heap_first_mb", heap[0].Value),
            new Figure("heap_last_mb", heap[^1].Value),
            settings.Timed("heap_mb_per_h", Slope.PerHour(heap), atMost: 1),
            new Figure("resident_first_mb", resident[0].Value),
            new Figure("resident_last_mb", resident[^1].Value),
            new Figure("resident_mb_per_h", Slope.PerHour(resident)),
        ]);
    }

    /// <returns>How long it took, in seconds.</returns>
    private async Task<double> FlowAsync(EventMaker maker, IngestWatch watch, ConsoleProcess console, (double PerSecond, long Events) load, int every)
    {
        using var stop = new CancellationTokenSource();
        var since = Stopwatch.GetTimestamp();
        var watching = Task.WhenAll(watch.RunAsync(stop.Token), MeasureAsync(console, (maker, watch), since, every, stop.Token));
        await maker.SteadyAsync(load.Events, load.PerSecond, () => !_isHeldUp && maker.Events - watch.Events < MostWaiting);
        await watch.CatchUpAsync(s_patience);
        await stop.CancelAsync();
        await watching;
        return Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    private async Task MeasureAsync(ConsoleProcess console, (EventMaker Maker, IngestWatch Watch) flow, long since, int every, CancellationToken cancel)
    {
        using var collection = new ForcedCollection(console);
        do
        {
            var resident = console.MemoryMegabytes;
            var heap = await QuietAsync(flow.Watch, collection);
            var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
            _heap.Add((seconds, heap));
            _resident.Add((seconds, resident));
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"memory: {seconds:0} s, {flow.Maker.Events:N0} events, heap {heap:0.00} MB, resident {resident:0} MB"));
        }
        while (await GoesOnAsync(every, cancel));
    }

    // What is under way at a moment is no part of what stays.
    private async Task<double> QuietAsync(IngestWatch watch, ForcedCollection collection)
    {
        _isHeldUp = true;
        await Task.Delay(s_calm);
        await watch.CatchUpAsync(s_patience);
        await Task.Delay(s_calm);
        var heap = await collection.MegabytesAsync();
        _isHeldUp = false;
        return heap;
    }

    private static async Task<bool> GoesOnAsync(int seconds, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), cancel);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
