using System.Diagnostics;
using OpsConsole.Data.Operations;

namespace OpsConsole.Bench.Operations;

/// <summary>
/// How fast a console retries all failed jobs of a group, from the reading of the group to the last mark in the database; and what is
/// left of a smaller one when the console is killed in the middle of it, again and again.
/// </summary>
internal sealed class BulkRetryScenario : IScenario
{
    private const int Kills = 3;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    public string Name => "bulk-retry";

    public string About => "100,000 failed jobs of a group are retried in at most 10 s, none twice, none lost, through kills of the console";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var (jobs, killed) = settings.Quick ? (20_000, 5_000) : (100_000, 20_000);
        await using var space = await OperationSpace.OpenAsync(settings);
        var (first, second) = (await space.FailAsync(jobs), await space.FailAsync(killed));
        var (stored, seconds, retried, redis, console) = await MeasureAsync(space, first);
        var kills = await KillAsync(space, second, killed);
        var retries = await space.RetriesAsync();
        var total = jobs + killed;
        return new BenchReport(Name, $"{retried:N0} jobs by one console process in {seconds:0.00} s; then {killed:N0} with {kills} kills of the console in the middle",
        [
            new Figure("jobs_per_s", retried / seconds, AtLeast: 10_000),
            new Figure("seconds", seconds, AtMost: jobs / 10_000.0),
            new Figure("of_it_stored_s", stored),
            new Figure("twice", retries.Values.Count(times => times > 1), AtMost: 0),
            new Figure("lost", total - retries.Count, AtMost: 0),
            new Figure("kills", kills),
            // On a shared machine these say more than the wall clock does.
            new Figure("redis_cpu_us_per_job", redis / retried * 1e6),
            new Figure("console_cpu_us_per_job", console / retried * 1e6),
        ]);
    }

    private static async Task<(double Stored, double Seconds, int Retried, double Redis, double Console)> MeasureAsync(OperationSpace space, Guid group)
    {
        await using var console = await ConsoleProcess.StartAsync(space.Console);
        await space.AttendedAsync();
        var (redisBefore, consoleBefore) = (await space.RedisProcessorSecondsAsync(), console.ProcessorTime);
        var since = Stopwatch.GetTimestamp();
        var id = await space.StartAsync(group, perMinute: null);
        var stored = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var done = await WhenAsync(space, id, operation => operation.Cursor == operation.Total && operation.State == BulkState.Running);
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        return (stored, seconds, done.Done, await space.RedisProcessorSecondsAsync() - redisBefore, (console.ProcessorTime - consoleBefore).TotalSeconds);
    }

    /// <summary>A capped operation, so that there is a middle to kill in.</summary>
    private static async Task<int> KillAsync(OperationSpace space, Guid group, int jobs)
    {
        var id = await space.StartAsync(group, perMinute: jobs * 6);
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = (await space.Operations.GetAsync(id))!.Done;
            await using var console = await ConsoleProcess.StartAsync(space.Console);
            await WhenAsync(space, id, operation => operation.Done > before + (jobs / 10));
            await console.KillAsync();
        }
        await using var last = await ConsoleProcess.StartAsync(space.Console);
        await WhenAsync(space, id, operation => operation.Cursor == operation.Total);
        return Kills;
    }

    private static async Task<BulkOperation> WhenAsync(OperationSpace space, Guid id, Func<BulkOperation, bool> isWanted)
    {
        BulkOperation? operation = null;
        await Waiting.UntilAsync($"the operation {id} goes on", TimeSpan.FromMinutes(5), async () => (operation = await space.Operations.GetAsync(id)) is { } one && isWanted(one), LookEvery);
        return operation!;
    }
}
