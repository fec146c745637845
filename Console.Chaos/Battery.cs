using System.Diagnostics;
using OpsConsole.Bench;

namespace OpsConsole.Chaos;

/// <summary>Runs experiments, and says of each what it found.</summary>
internal static class Battery
{
    // What a short form does most of all is to wait for the end of a lease, and it measures no rate that another one would spoil.
    private const int ShortFormsBeside = 3;

    /// <returns>Exit code: 0 when all have shown what they should.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<IExperiment> experiments, ChaosSettings settings)
    {
        var reports = new List<ChaosReport>();
        var beside = new ParallelOptions { MaxDegreeOfParallelism = settings.Quick ? ShortFormsBeside : 1 };
        await Parallel.ForEachAsync(experiments, beside, async (experiment, _) =>
        {
            var report = await ReportAsync(experiment, settings);
            lock (reports)
            {
                reports.Add(report);
                Console.WriteLine(report.Table());
                Console.WriteLine(report.Json());
            }
        });
        if (reports.Count > 1)
            Console.WriteLine(ChaosReport.Sum(reports).Json());
        return reports.TrueForAll(report => report.Ok) ? 0 : 1;
    }

    private static async Task<ChaosReport> ReportAsync(IExperiment experiment, ChaosSettings settings)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            var report = await experiment.RunAsync(settings);
            return report with { Figures = [.. report.Figures, new Figure("took_s", Stopwatch.GetElapsedTime(since).TotalSeconds)] };
        }
#pragma warning disable CA1031 // Whatever ended it, the others are to be run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return ChaosReport.Broken(experiment.Name, e);
        }
    }
}
