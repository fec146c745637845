using System.Diagnostics;
using OpsConsole.Jobs.Client;

namespace OpsConsole.Bench.Bulk;

/// <summary>How fast jobs come into their queues that are all due at one moment, with the pause after which a worker looks for them.</summary>
internal sealed class PromoteScenario : IScenario
{
    public string Name => "promote";

    public string About => "100,000 scheduled jobs that are all due at once are in their queue in at most 5 s";

    public ProfileTarget Profiled => ProfileTarget.Here;

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var jobs = settings.Quick ? 20_000 : 100_000;
        var prefix = BenchHost.NewPrefix();
        await BenchHost.PublishTypesAsync(settings, prefix);
        await using var observer = await BenchHost.StartAsync(settings, prefix);
        await ScheduleAsync(observer.Client, jobs);
        // Takes nothing of what it promotes: only the promotion is measured.
        await using var worker = await BenchHost.StartAsync(settings, prefix, slots: 1, queue: "none");
        var keys = observer.Redis.Keys;
        var calls = await LongCalls.WatchAsync(observer.Redis);
        var (redisBefore, workerBefore) = (await observer.RedisProcessorSecondsAsync(), Environment.CpuUsage.TotalTime);

        var since = Stopwatch.GetTimestamp();
        await DueAsync(observer);
        await Waiting.UntilAsync($"{jobs:N0} due jobs are in their queue", TimeSpan.FromMinutes(3),
            async () => await observer.LengthAsync("ZCARD", keys.Schedule) == 0, pause: TimeSpan.FromMilliseconds(10));
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;

        var (redis, client) = (await observer.RedisProcessorSecondsAsync() - redisBefore, (Environment.CpuUsage.TotalTime - workerBefore).TotalSeconds);
        var queued = await observer.Redis.RunAsync("LRANGE", database => database.ListRangeAsync(keys.Queue("default")));
        var distinct = queued.Distinct().Count();
        var (p99, longest) = await calls.TimesAsync();
        await observer.ClearAsync();
        return new BenchReport(Name, $"{distinct:N0} of {jobs:N0} due jobs put into their queue by one worker in {seconds:0.00} s, its pause before it looks included",
        [
            new Figure("seconds", seconds, AtMost: 5),
            new Figure("jobs_per_s", jobs / seconds),
            new Figure("lost", jobs - distinct, AtMost: 0),
            new Figure("twice", queued.Length - distinct, AtMost: 0),
            new Figure("call_p99_ms", p99, AtMost: 10),
            // A call that the machine interrupts for something else is in here, too.
            new Figure("call_longest_ms", longest),
            // On a shared machine these say more than the wall clock does.
            new Figure("redis_cpu_us_per_job", redis / jobs * 1e6),
            new Figure("worker_cpu_us_per_job", client / jobs * 1e6),
        ]);
    }

    private static async Task ScheduleAsync(JobClient client, int jobs)
    {
        var tomorrow = new EnqueueOptions { At = TimeProvider.System.GetUtcNow().AddDays(1) };
        foreach (var chunk in Enumerable.Range(0, jobs).Chunk(JobClient.MaxBatch))
            await client.EnqueueManyAsync([.. chunk.Select(number => new JobRequest("bench.count", $"[{number}]", tomorrow))]);
    }

    /// <summary>Makes all of them due in one command, so that none is before the clock runs.</summary>
    private static async Task DueAsync(BenchHost host) => await host.Redis.RunAsync("ZUNIONSTORE", database =>
        database.ExecuteAsync("ZUNIONSTORE", host.Redis.Keys.Schedule, 1, host.Redis.Keys.Schedule, "WEIGHTS", 0));
}
