namespace OpsConsole.Chaos;

/// <summary>Runs experiments one after the other, and says of each what it found.</summary>
internal static class Battery
{
    /// <returns>Exit code: 0 when all have shown what they should.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<IExperiment> experiments, ChaosSettings settings)
    {
        var reports = new List<ChaosReport>();
        foreach (var experiment in experiments)
        {
            var report = await experiment.RunAsync(settings);
            reports.Add(report);
            Console.WriteLine(report.Table());
            Console.WriteLine(report.Json());
        }
        if (reports.Count > 1)
            Console.WriteLine(ChaosReport.Sum(reports).Json());
        return reports.TrueForAll(report => report.Ok) ? 0 : 1;
    }
}
