using System.Diagnostics;
using OpsConsole.Bench.Bulk;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Upkeep;

namespace OpsConsole.Bench.Engine;

/// <summary>What the sweep takes of Redis where a long queue waits: the count while all is well, and the look when the count says that something is wrong.</summary>
internal sealed class SweepScenario : IScenario
{
    private const int Counts = 1_000;
    private const double CountEverySeconds = 5;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(15);
    private static readonly RedisScript s_count = RedisScript.Load("sweep-count");

    public string Name => "sweep";

    public string About => "1,000,000 waiting jobs: counting takes next to nothing of Redis, and a look finds within 60 s what the counts tell of, in calls of at most 5 ms";

    public ProfileTarget Profiled => ProfileTarget.Here;

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var jobs = settings.Quick ? 200_000 : 1_000_000;
        await using var space = await EngineSpace.OpenAsync(settings);
        await space.FillAsync(jobs);
        var suspects = new Suspects(TimeProvider.System, _ => s_grace);
        var look = new LookPace(space.Redis, suspects, new SweepSteps(space.Redis, suspects, Task.Delay, StorageSweep.HurriedRestShare), new SweepSize());
        var calls = await LongCalls.WatchAsync(space.Redis);
        var counting = await CostAsync(space, async () =>
        {
            for (var i = 0; i < Counts; i++)
                await space.Redis.EvalAsync(s_count, []);
        });
        var looking = await CostAsync(space, () => look.PastQueuedAsync(CancellationToken.None));
        var (scripts, names) = (await calls.TimesAsync(), await calls.TimesAsync("SCAN"));
        return new BenchReport(Name, $"{jobs:N0} waiting jobs, nobody works; found_s: the next count, the look, {s_grace.TotalSeconds:0} s until the second look, and a second until the repair",
        [
            new("count_us", counting.Redis / Counts * 1e6),
            new("count_redis_percent", 100 * counting.Redis / Counts / CountEverySeconds, AtMost: 0.1),
            new("look_s", looking.Seconds),
            new("found_s", looking.Seconds + CountEverySeconds + s_grace.TotalSeconds + 1, AtMost: 60),
            new("look_redis_cpu_s", looking.Redis),
            new("look_redis_percent", 100 * looking.Redis / looking.Seconds, AtMost: 34),
            new("look_worker_cpu_s", looking.Own),
            new("suspects", suspects.Added, AtMost: 0),
            new("script_p99_ms", scripts.P99),
            new("script_max_ms", scripts.Longest, AtMost: 5),
            new("scan_p99_ms", names.P99),
            new("scan_max_ms", names.Longest, AtMost: 5),
        ]);
    }

    private static async Task<(double Seconds, double Redis, double Own)> CostAsync(EngineSpace space, Func<Task> actAsync)
    {
        var (redis, own, since) = (await space.Host.RedisProcessorSecondsAsync(), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await actAsync();
        return (Stopwatch.GetElapsedTime(since).TotalSeconds, await space.Host.RedisProcessorSecondsAsync() - redis, (Environment.CpuUsage.TotalTime - own).TotalSeconds);
    }
}
