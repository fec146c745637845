using System.Diagnostics;
using OpsConsole.Jobs.Client;

namespace OpsConsole.Bench.Engine;

/// <summary>How fast jobs are made, against what redis-benchmark reaches with the same script.</summary>
internal sealed class EnqueueScenario : IScenario
{
    private const int Callers = 16;
    private const int Batch = 100;

    public string Name => "enqueue";

    public string About => "jobs made one by one, by 16 callers, in batches of 100 and of 10,000: at least 30,000 jobs/s in the largest";

    public ProfileTarget Profiled => ProfileTarget.Here;

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var (jobs, repeats) = settings.Quick ? (10_000, 1) : (50_000, 3);
        List<Figure> figures = [.. await UnderAsync(settings, "everysec", jobs, repeats), .. await UnderAsync(settings, "always", jobs, repeats)];
        return new BenchReport(Name, $"{jobs:N0} jobs in batches, a tenth of that one by one and a fifth by {Callers} callers, {repeats} interleaved repeats, medians; the ceiling makes {Batch} jobs per call", figures);
    }

    private static async Task<List<Figure>> UnderAsync(BenchSettings settings, string policy, int jobs, int repeats)
    {
        Series one = new($"single_per_s_{policy}"), many = new($"callers16_per_s_{policy}"), batch = new($"batch100_per_s_{policy}"), large = new($"batch10000_per_s_{policy}"), ceiling = new($"ceiling_per_s_{policy}");
        await using var space = await EngineSpace.OpenAsync(settings);
        await space.FsyncAsync(policy);
        await SinglesAsync(space, 1_000, 1);
        await BatchesAsync(space, 30_000, Batch);
        await space.EmptyAsync();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            ceiling.Add(await Ceiling.EnqueueAsync(space, jobs, Batch));
            one.Add(await SinglesAsync(space, jobs / 10, 1));
            many.Add(await SinglesAsync(space, jobs / 5, Callers));
            batch.Add(await BatchesAsync(space, jobs, Batch));
            large.Add(await BatchesAsync(space, jobs, JobClient.MaxBatch));
            await space.EmptyAsync();
        }
        return
        [
            one.Figure(),
            many.Figure(),
            batch.Figure(),
            large.Figure(policy == "everysec" ? 30_000 : null),
            ceiling.Figure(),
            batch.Ratio(ceiling, $"share_of_ceiling_batch100_{policy}"),
            large.Ratio(ceiling, $"share_of_ceiling_batch10000_{policy}"),
        ];
    }

    private static async Task<double> SinglesAsync(EngineSpace space, int jobs, int callers)
    {
        var since = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, jobs), new ParallelOptions { MaxDegreeOfParallelism = callers },
            async (number, cancel) => await space.Client.EnqueueAsync<BenchJobs>(job => job.Count(number), null, cancel));
        return jobs / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    private static async Task<double> BatchesAsync(EngineSpace space, int jobs, int size)
    {
        var since = Stopwatch.GetTimestamp();
        await space.FillAsync(jobs, size);
        return jobs / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }
}
