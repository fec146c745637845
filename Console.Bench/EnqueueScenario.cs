using System.Diagnostics;

namespace OpsConsole.Bench;

/// <summary>How fast jobs are made: in batches of 10,000, and one by one from 64 callers at once.</summary>
internal sealed class EnqueueScenario : IScenario
{
    private const int Callers = 64;

    public string Name => "enqueue";

    public string About => "jobs made in batches: at least 30,000 jobs/s; and one by one from 64 callers";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var jobs = settings.Quick ? 20_000 : 100_000;
        var prefix = BenchHost.NewPrefix();
        await BenchHost.PublishTypesAsync(settings, prefix);
        await using var host = await BenchHost.StartAsync(settings, prefix);
        await DrainScenario.FillAsync(host.Client, 2_000);

        var redisBefore = await host.RedisProcessorSecondsAsync();
        var clientBefore = Environment.CpuUsage.TotalTime;
        var since = Stopwatch.GetTimestamp();
        await DrainScenario.FillAsync(host.Client, jobs);
        var batch = jobs / Stopwatch.GetElapsedTime(since).TotalSeconds;
        var clientSeconds = (Environment.CpuUsage.TotalTime - clientBefore).TotalSeconds;
        var redisSeconds = await host.RedisProcessorSecondsAsync() - redisBefore;

        var singles = jobs / 4;
        since = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, singles), new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (number, cancel) => await host.Client.EnqueueAsync<BenchJobs>(job => job.Count(number), null, cancel));
        var single = singles / Stopwatch.GetElapsedTime(since).TotalSeconds;
        await host.ClearAsync();
        return new BenchReport(Name, $"{jobs:N0} jobs in batches of 10,000, {singles:N0} one by one from {Callers} callers",
            [
                new Figure("batch_per_s", batch, AtLeast: 30_000),
                new Figure("single_per_s", single),
                new Figure("redis_cpu_us_per_job", redisSeconds / jobs * 1e6),
                new Figure("client_cpu_us_per_job", clientSeconds / jobs * 1e6),
            ]);
    }
}
