using OpsConsole.Bench;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Many at once: workers that start on a long queue, and jobs that fail in the same moment.</summary>
internal sealed class Herd : IExperiment
{
    public string Name => "herd";

    public string About => "20 workers start at once on 1,000,000 waiting jobs; 10,000 jobs fail at once: no second has more than twice the mean of retries";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var start = new HerdStart(settings);
        await start.RunAsync();
        var failures = new HerdFailures(settings);
        await failures.RunAsync();
        return new ChaosReport(Name, $"{start.Workers} workers started on {start.Jobs:N0} jobs; {failures.Jobs:N0} jobs failed within {failures.FailedWithinSeconds:0.0} s", start.Lost + failures.Lost, start.DoubleEffects + failures.DoubleEffects,
        [
            .. start.Figures,
            .. failures.Figures,
        ]);
    }
}
