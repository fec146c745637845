using OpsConsole.Bench.History;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Bench.Engine;

/// <summary>What it costs the workers that their events are read: by a reader that follows the stream, and by a whole console that stores them.</summary>
internal sealed class WatchedScenario : IScenario
{
    public string Name => "watched";

    public string About => "a drain whose event stream is followed is at most 5 % slower; and what a whole console on the same two cores takes away";

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var (jobs, repeats) = settings.Quick ? (10_000, 1) : (30_000, 5);
        Series alone = new("alone_per_s"), followed = new("followed_per_s"), console = new("console_per_s");
        Series aloneRedis = new("redis_cpu_us_alone"), followedRedis = new("redis_cpu_us_followed"), consoleRedis = new("redis_cpu_us_console");
        await using var database = await BenchDatabase.OpenAsync(settings);
        await using var space = await EngineSpace.OpenAsync(settings);
        await space.FsyncAsync("everysec");
        await space.StartWorkersAsync(1, slots: 20);
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            await DrainAsync(space, jobs, alone, aloneRedis);
            await FollowedAsync(space, jobs, followed, followedRedis);
            await using var process = await ConsoleProcess.StartAsync(new ConsoleSettings(settings.Redis, space.Prefix, database.ConnectionString));
            await DrainAsync(space, jobs, console, consoleRedis);
        }
        return new BenchReport(Name, $"{jobs:N0} jobs by one worker process with 20 slots, {repeats} repeats in turn, medians; the console stores its history in PostgreSQL on the same machine",
        [
            alone.Figure(),
            followed.Figure(),
            console.Figure(),
            followed.Ratio(alone, "followed_to_alone", atLeast: 0.95),
            console.Ratio(alone, "console_to_alone"),
            aloneRedis.Figure(),
            followedRedis.Figure(),
            consoleRedis.Figure(),
        ]);
    }

    private static async Task FollowedAsync(EngineSpace space, int jobs, Series rate, Series redis)
    {
        var reader = new JobEventReader(space.Redis, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var following = FollowAsync(reader, stop.Token);
        await DrainAsync(space, jobs, rate, redis);
        await stop.CancelAsync();
        await following;
    }

    private static async Task FollowAsync(JobEventReader reader, CancellationToken cancel)
    {
        try
        {
            await foreach (var _ in reader.FollowAsync(await reader.GetPositionAsync(cancel), cancel))
            {
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static async Task DrainAsync(EngineSpace space, int jobs, Series rate, Series redis)
    {
        await space.FillAsync(jobs);
        var result = await space.DrainAsync(jobs);
        await space.Host.ForgetJobsAsync();
        rate.Add(result.JobsPerSecond);
        redis.Add(result.RedisMicroseconds);
    }
}
