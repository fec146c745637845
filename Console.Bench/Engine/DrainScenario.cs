namespace OpsConsole.Bench.Engine;

/// <summary>How fast workers empty a full queue, against what Redis alone can do with the same scripts.</summary>
internal sealed class DrainScenario : IScenario
{
    private const int JobsPerCall = 20;

    public string Name => "drain";

    public string About => "trivial jobs by one worker process with 20 and 50 slots and by four: 15,000 jobs/s on a quiet machine, and 70 % of what redis-benchmark reaches with the same scripts";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var (jobs, repeats) = settings.Quick ? (10_000, 1) : (30_000, 5);
        await using var one = await OpenAsync(settings, 1, slots: 20);
        await using var wide = await OpenAsync(settings, 1, slots: 50);
        await using var four = await OpenAsync(settings, 4, slots: 20);
        await using var none = await OpenAsync(settings, 0, slots: 0);
        List<Figure> figures = [];
        foreach (var policy in (string[])["everysec", "always"])
        {
            await none.FsyncAsync(policy);
            var shapes = new DrainShapes(policy);
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                await none.FillAsync(jobs);
                shapes.Ceiling.Add(await Ceiling.DrainAsync(none, jobs, JobsPerCall));
                await none.Host.ForgetJobsAsync();
                await shapes.One.AddAsync(one, jobs);
                await shapes.Wide.AddAsync(wide, jobs);
                await shapes.Four.AddAsync(four, jobs);
            }
            figures.AddRange(shapes.Figures());
        }
        return new BenchReport(Name, $"{jobs:N0} jobs each time, {repeats} interleaved repeats, medians; the ceiling claims and ends {JobsPerCall} jobs per call", figures);
    }

    private static async Task<EngineSpace> OpenAsync(BenchSettings settings, int processes, int slots)
    {
        var space = await EngineSpace.OpenAsync(settings);
        await space.FsyncAsync("everysec");
        await space.StartWorkersAsync(processes, slots);
        return space;
    }
}
