using System.Diagnostics;

namespace OpsConsole.Bench.Engine;

/// <summary>One process makes jobs as fast as it can while a worker process runs them.</summary>
internal sealed class BothScenario : IScenario
{
    private const int Batch = 100;

    public string Name => "both";

    public string About => "jobs made in batches of 100 and run by one worker with 20 slots at the same time, for some seconds";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var (seconds, repeats) = settings.Quick ? (3, 1) : (8, 3);
        Series made = new("made_per_s"), run = new("run_per_s"), together = new("made_and_run_per_s");
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            await using var space = await EngineSpace.OpenAsync(settings);
            await space.FsyncAsync("everysec");
            await space.StartWorkersAsync(1, slots: 20);
            await space.FillAsync(5_000, Batch);
            var (before, filled, since) = (await space.SucceededAsync(), 0, Stopwatch.GetTimestamp());
            await space.ResumeAsync();
            while (Stopwatch.GetElapsedTime(since).TotalSeconds < seconds)
            {
                await space.FillAsync(Batch, Batch);
                filled += Batch;
            }
            var (done, took) = (await space.SucceededAsync() - before, Stopwatch.GetElapsedTime(since).TotalSeconds);
            await space.PauseAsync();
            made.Add(filled / took);
            run.Add(done / took);
            together.Add(Math.Min(filled, done) / took);
        }
        return new BenchReport(Name, $"{seconds} s, {repeats} repeats, medians; one maker without pause, so that Redis shares its time between both", [made.Figure(), run.Figure(), together.Figure()]);
    }
}
