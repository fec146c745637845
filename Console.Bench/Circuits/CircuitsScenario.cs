using System.Diagnostics;
using OpsConsole.Bench.History;

namespace OpsConsole.Bench.Circuits;

/// <summary>A thousand pages that are open in a quiet night, and what the console's memory comes to.</summary>
internal sealed class CircuitsScenario : IScenario
{
    private const int AtOnce = 8;
    private static readonly string[] Pages = ["/", "/queues", "/workers", "/jobs", "/failures", "/schedules", "/audit"];

    public string Name => "circuits";

    public string About => "1,000 idle circuits: the console, with what it needs to run at all, stays within 600 MB";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var (count, seconds) = settings.Quick ? (200, 10) : (1_000, 20);
        var prefix = BenchHost.NewPrefix();
        await using var database = await BenchDatabase.OpenAsync(settings);
        await BenchHost.PublishTypesAsync(settings, prefix);
        await using var host = await BenchHost.StartAsync(settings, prefix, slots: 20);
        await using var console = await ConsoleProcess.StartAsync(new ConsoleSettings(settings.Redis, prefix, database.ConnectionString));
        using var session = await CircuitSession.OpenAsync(console);
        // What is compiled at the first look is no part of what a circuit costs.
        foreach (var page in Pages)
            await (await Circuit.OpenAsync(session, page)).DisposeAsync();
        var start = console.MemoryMegabytes;
        var opening = Stopwatch.GetTimestamp();
        var circuits = await OpenAsync(session, count);
        var opened = Stopwatch.GetElapsedTime(opening).TotalSeconds;
        await Task.Delay(TimeSpan.FromSeconds(5));

        var (cpu, since, memory) = (console.ProcessorTime, Stopwatch.GetTimestamp(), new List<double>());
        while (Stopwatch.GetElapsedTime(since).TotalSeconds < seconds)
        {
            await Task.Delay(500);
            memory.Add(console.MemoryMegabytes);
        }
        var share = (console.ProcessorTime - cpu).TotalSeconds / Stopwatch.GetElapsedTime(since).TotalSeconds * 100;
        var broken = circuits.Count(circuit => circuit.Fault is not null);
        foreach (var circuit in circuits)
            await circuit.DisposeAsync();
        await host.ClearAsync();
        return new BenchReport(Name, $"{count:N0} circuits on {Pages.Length} pages, opened in {opened:0} s, idle for {seconds} s",
        [
            new Figure("start_mb", start),
            new Figure("memory_mb", memory.Max(), AtMost: settings.Quick ? null : 600),
            new Figure("kb_per_circuit", (memory.Max() - start) * 1e3 / count),
            new Figure("cpu_percent", share),
            new Figure("opened_per_s", count / opened),
            new Figure("broken", broken, AtMost: 0),
        ]);
    }

    private static async Task<IReadOnlyList<Circuit>> OpenAsync(CircuitSession session, int count)
    {
        var circuits = new Circuit[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (at, _) =>
            circuits[at] = await Circuit.OpenAsync(session, Pages[at % Pages.Length]));
        return circuits;
    }
}
