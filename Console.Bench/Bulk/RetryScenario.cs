using System.Diagnostics;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Bench.Bulk;

/// <summary>How fast the engine puts failed jobs back: its own calls, without the operation that the console stores about them.</summary>
internal sealed class RetryScenario : IScenario
{
    private const int Chunk = 1_000;
    // As the console does it.
    private const int JobsPerCall = 100;
    private const int CallsUnderWay = 4;

    public string Name => "retry";

    public string About => "100,000 failed jobs are put back by the engine's own calls in at most 7 s, none twice";

    public ProfileTarget Profiled => ProfileTarget.Here;

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var jobs = settings.Quick ? 20_000 : 100_000;
        await using var host = await BenchHost.StartAsync(settings, BenchHost.NewPrefix());
        var control = new BulkControl(host.Redis, new JobCatalogue(host.Redis, TimeProvider.System));
        var ids = Enumerable.Range(0, jobs).Select(_ => Guid.NewGuid().ToString("D")).ToArray();
        var failedAt = (await control.GetTimeAsync()).AddMinutes(-1);
        foreach (var chunk in ids.Chunk(Chunk))
            await FailedJobs.WriteAsync(host.Redis, chunk, failedAt);

        var calls = await LongCalls.WatchAsync(host.Redis);
        var (redisBefore, clientBefore) = (await host.RedisProcessorSecondsAsync(), Environment.CpuUsage.TotalTime);
        var since = Stopwatch.GetTimestamp();
        await RetryAsync(control, ids, await control.GetTimeAsync());
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var (redis, client) = (await host.RedisProcessorSecondsAsync() - redisBefore, (Environment.CpuUsage.TotalTime - clientBefore).TotalSeconds);
        var queued = await host.LengthAsync("LLEN", host.Redis.Keys.Queue("payments"));
        var events = await EnqueuedAsync(host);
        var (p99, longest) = await calls.TimesAsync();
        await host.ClearAsync();
        return new BenchReport(Name, $"{queued:N0} of {jobs:N0} failed jobs back in their queue in {seconds:0.00} s, {CallsUnderWay} calls of {JobsPerCall} under way",
        [
            new Figure("seconds", seconds, AtMost: 7.0 * jobs / 100_000),
            new Figure("jobs_per_s", jobs / seconds),
            new Figure("lost", jobs - queued, AtMost: 0),
            new Figure("twice", events - jobs, AtMost: 0),
            new Figure("call_p99_ms", p99, AtMost: 10),
            // A call that the machine interrupts for something else is in here, too.
            new Figure("call_longest_ms", longest),
            // On a shared machine these say more than the wall clock does.
            new Figure("redis_cpu_us_per_job", redis / jobs * 1e6),
            new Figure("client_cpu_us_per_job", client / jobs * 1e6),
        ]);
    }

    private static async Task<long> EnqueuedAsync(BenchHost host)
    {
        var reader = new JobEventReader(host.Redis, TimeProvider.System);
        var last = await reader.GetPositionAsync();
        var enqueued = 0L;
        await foreach (var batch in reader.FollowAsync("0-0"))
        {
            enqueued += batch.Events.Count(e => e.Kind == JobEventKinds.Enqueued);
            if (batch.Position == last)
                break;
        }
        return enqueued;
    }

    private static Task RetryAsync(BulkControl control, string[] ids, DateTimeOffset madeAt)
    {
        var act = new BulkAct("bench", madeAt, new Actor("bench", "measured"));
        return Parallel.ForEachAsync(ids.Chunk(JobsPerCall), new ParallelOptions { MaxDegreeOfParallelism = CallsUnderWay }, async (chunk, cancel) =>
        {
            var answers = await control.RetryAsync(act, [.. chunk.Select(id => new BulkTarget(id))], cancel);
            if (answers.FirstOrDefault(answer => answer.Outcome != BulkOutcome.Done) is { } other)
                throw new InvalidOperationException($"Job {other.JobId} was not retried: {other.Outcome}.");
        });
    }
}
