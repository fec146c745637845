using System.Diagnostics;
using OpsConsole.Jobs.Client;

namespace OpsConsole.Bench;

/// <summary>How fast one worker with 20 slots empties a full queue. The worker is this process; Redis is another.</summary>
internal sealed class DrainScenario : IScenario
{
    private const int Slots = 20;

    public string Name => "drain";

    public string About => "one worker, 20 slots, 100,000 trivial jobs: at least 5,000 jobs/s, at most 1.2 round trips per job";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var jobs = settings.Quick ? 20_000 : 100_000;
        var prefix = BenchHost.NewPrefix();
        await BenchHost.PublishTypesAsync(settings, prefix);
        await using var observer = await BenchHost.StartAsync(settings, prefix);
        await FillAsync(observer.Client, jobs);
        BenchJobs.Reset();

        var callsBefore = await observer.ScriptCallsAsync();
        var redisBefore = await observer.RedisProcessorSecondsAsync();
        var workerBefore = Environment.CpuUsage.TotalTime;
        var since = Stopwatch.GetTimestamp();
        await using (var worker = await BenchHost.StartAsync(settings, prefix, Slots))
        {
            while (await observer.NumberAsync(observer.Redis.Keys.Stats("succeeded")) < jobs)
                await Task.Delay(25);
            var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
            var calls = await observer.ScriptCallsAsync() - callsBefore;
            // On a shared machine these say more than the wall clock does.
            var redisSeconds = await observer.RedisProcessorSecondsAsync() - redisBefore;
            var workerSeconds = (Environment.CpuUsage.TotalTime - workerBefore).TotalSeconds;
            await observer.ClearAsync();
            return new BenchReport(Name, $"{jobs:N0} jobs by one worker process with {Slots} slots (this process) in {seconds:0.00} s; {BenchJobs.Done:N0} were run",
            [
                new Figure("jobs_per_s", jobs / seconds, AtLeast: 5_000),
                new Figure("round_trips_per_job", (double)calls / jobs, AtMost: 1.2),
                new Figure("redis_cpu_us_per_job", redisSeconds / jobs * 1e6),
                new Figure("worker_cpu_us_per_job", workerSeconds / jobs * 1e6),
                new Figure("jobs", jobs),
                new Figure("run_twice", BenchJobs.Done - jobs, AtMost: 0),
            ]);
        }
    }

    internal static async Task FillAsync(JobClient client, int jobs)
    {
        foreach (var chunk in Enumerable.Range(0, jobs).Chunk(JobClient.MaxBatch))
        {
            var results = await client.EnqueueManyAsync([.. chunk.Select(number => new JobRequest("bench.count", $"[{number}]"))]);
            if (results.FirstOrDefault(result => !result.IsCreated) is { } refused)
                throw new InvalidOperationException(refused.Message);
        }
    }
}
