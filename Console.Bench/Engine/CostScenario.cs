using System.Globalization;

namespace OpsConsole.Bench.Engine;

/// <summary>What one job costs: commands inside Redis, round trips, bytes on the wire, and memory that the worker allocates.</summary>
internal sealed class CostScenario : IScenario
{
    public string Name => "cost";

    public string About => "Redis commands and round trips per job, bytes on the wire, and at most 4 KB allocated per job by the worker";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var jobs = settings.Quick ? 10_000 : 40_000;
        await using var space = await EngineSpace.OpenAsync(settings);
        await space.FsyncAsync("everysec");
        await space.StartWorkersAsync(1, slots: 20);
        var enqueue = await CallsAsync(space, () => space.FillAsync(jobs));
        var before = await space.WorkersAsync();
        var finish = await CallsAsync(space, () => space.DrainAsync(jobs));
        var used = await space.WorkersAsync() - before;
        return new BenchReport(Name, $"{jobs:N0} trivial jobs made in batches of 200 per call, and run by one worker process with 20 slots; all figures are per job",
        [
            new Figure("worker_allocated_bytes", used.AllocatedBytes / used.Jobs, AtMost: 4_096),
            new Figure("worker_cpu_us", used.ProcessorSeconds / used.Jobs * 1e6),
            .. Listed("make", enqueue, jobs),
            .. Listed("run", finish, used.Jobs),
        ]);
    }

    private static IEnumerable<Figure> Listed(string part, Dictionary<string, double> calls, long jobs)
    {
        var within = calls.Where(call => call.Key is not ("evalsha" or "net_in" or "net_out")).OrderByDescending(call => call.Value).ToList();
        yield return new Figure($"{part}_round_trips", calls.GetValueOrDefault("evalsha") / jobs);
        yield return new Figure($"{part}_wire_bytes", (calls["net_in"] + calls["net_out"]) / jobs);
        yield return new Figure($"{part}_commands", within.Sum(call => call.Value) / jobs);
        foreach (var (name, count) in within.Where(call => call.Value / jobs >= 0.01))
            yield return new Figure($"{part}_{name}", count / jobs);
    }

    private static async Task<Dictionary<string, double>> CallsAsync(EngineSpace space, Func<Task> act)
    {
        var before = await ReadAsync(space);
        await act();
        return (await ReadAsync(space)).ToDictionary(call => call.Key, call => call.Value - before.GetValueOrDefault(call.Key));
    }

    // What the bench itself asks for is no part of a job.
    private static async Task<Dictionary<string, double>> ReadAsync(EngineSpace space)
    {
        var calls = (await space.Host.InfoAsync("commandstats"))
            .Where(line => line.Key.StartsWith("cmdstat_", StringComparison.Ordinal))
            .ToDictionary(line => line.Key["cmdstat_".Length..], line => Number(line.Value.Split("calls=")[1].Split(',')[0]), StringComparer.Ordinal);
        foreach (var own in (string[])["get", "info", "ping", "config|set"])
            calls.Remove(own);
        var stats = await space.Host.InfoAsync("stats");
        calls["net_in"] = Number(stats["total_net_input_bytes"]);
        calls["net_out"] = Number(stats["total_net_output_bytes"]);
        return calls;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
