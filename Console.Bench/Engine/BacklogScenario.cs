namespace OpsConsole.Bench.Engine;

/// <summary>What a million waiting jobs cost those who run jobs: nothing that grows with the queue may be in their way.</summary>
internal sealed class BacklogScenario : IScenario
{
    public string Name => "backlog";

    public string About => "the drain of a queue with 1,000,000 jobs waiting is at most 10 % slower than that of a short one";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var (waiting, jobs, repeats) = settings.Quick ? (100_000, 10_000, 1) : (1_000_000, 30_000, 5);
        Series shorter = new("short_per_s"), longer = new("long_per_s"), shorterRedis = new("redis_cpu_us_short"), longerRedis = new("redis_cpu_us_long");
        await using var small = await OpenAsync(settings);
        await using var large = await OpenAsync(settings);
        await large.FillAsync(waiting);
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            await small.FillAsync(jobs);
            Add(await small.DrainAsync(jobs), shorter, shorterRedis);
            Add(await large.DrainAsync(jobs), longer, longerRedis);
            await large.FillAsync(jobs);
        }
        return new BenchReport(Name, $"{jobs:N0} jobs by one worker process with 20 slots, {repeats} repeats in turn, with {waiting:N0} more waiting and without; medians",
        [
            shorter.Figure(),
            longer.Figure(),
            longer.Ratio(shorter, "long_to_short", atLeast: 0.9),
            shorterRedis.Figure(),
            longerRedis.Figure(),
        ]);
    }

    private static async Task<EngineSpace> OpenAsync(BenchSettings settings)
    {
        var space = await EngineSpace.OpenAsync(settings);
        await space.FsyncAsync("everysec");
        await space.StartWorkersAsync(1, slots: 20);
        return space;
    }

    private static void Add(DrainResult result, Series rate, Series redis)
    {
        rate.Add(result.JobsPerSecond);
        redis.Add(result.RedisMicroseconds);
    }
}
