using OpsConsole.Chaos.Deaths;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Workers and consoles die right before and right after each kind of call that they make.</summary>
internal sealed class FailPoints : IExperiment
{
    public string Name => "failpoints";

    public string About => "a worker or console dies before and after each script that changes something, 20 times each: claim, end, retry, renewal, schedule, mass retry and delete: every job in one place";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var (workers, consoles) = (new WorkerDeaths(settings), new ConsoleDeaths(settings));
        // Each has servers of its own, and mostly waits: for leases to end, and for consoles to start.
        await Task.WhenAll(workers.RunAsync(), consoles.RunAsync());
        var scripts = ScriptSteps.OfWorkers.Count + ScriptSteps.OfConsoles.Count + ScriptSteps.OfOperators.Count;
        return new ChaosReport(Name, $"{workers.Deaths + consoles.Deaths} deaths of workers and consoles at {scripts} scripts, before the call and before its answer", workers.Lost + consoles.Lost, workers.DoubleEffects + consoles.DoubleEffects,
        [
            .. workers.Figures,
            .. consoles.Figures,
        ]);
    }
}
