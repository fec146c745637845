using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Bench;
using OpsConsole.Bench.Operations;
using OpsConsole.Chaos.Servers;
using OpsConsole.Data.Operations;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Chaos.Experiments;

/// <summary>The console is killed again and again in the middle of a mass retry.</summary>
internal sealed class ConsoleKill : IExperiment
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public string Name => "console-kill";

    public string About => "kill -9 of the console, 20 times in the middle of a retry of 10,000 jobs: none lost, none retried twice";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var (jobs, kills) = settings.Quick ? (1_500, 2) : (10_000, 20);
        await using var redis = await RedisServer.StartNewAsync(settings);
        await using var space = await OperationSpace.OpenAsync(new BenchSettings(redis.Configuration, settings.Postgres, settings.Quick));
        var group = await space.FailAsync(jobs);
        // Slow enough that there is a middle to be killed in, each time.
        var id = await space.StartAsync(group, perMinute: jobs * 4);
        var marks = new List<int>();
        for (var kill = 1; kill <= kills; kill++)
            marks.Add(await KillAsync(space, id, kill * jobs / (kills + 1)));
        await using var last = await ConsoleProcess.StartAsync(space.Console);
        await WhenAsync(space, id, operation => operation.Cursor == operation.Total);
        var retries = await space.RetriesAsync();
        await using var services = new ServiceCollection().AddLogging().AddJobStorage(options => (options.Redis, options.Prefix) = (redis.Configuration, space.Console.Prefix)).BuildServiceProvider();
        var findings = await LastLook.TakeAsync(services.GetRequiredService<JobRedis>(), services.GetRequiredService<JobInspector>());
        return new ChaosReport(Name, $"a retry of {jobs:N0} jobs, the console killed {kills} times", jobs - retries.Count, retries.Values.Count(times => times > 1),
        [
            new Figure("jobs", jobs),
            new Figure("found_by_sweep", findings.Count, AtMost: 0),
            new Figure("kills", kills),
            settings.Timed("kills_in_the_middle", marks.Count(done => done > 0 && done < jobs), atLeast: kills),
            new Figure("done_of_the_operation", (await space.Operations.GetAsync(id))!.Done, AtLeast: jobs),
        ]);
    }

    /// <returns>How far the operation had come, by its own account.</returns>
    private static async Task<int> KillAsync(OperationSpace space, Guid id, int done)
    {
        await using var console = await ConsoleProcess.StartAsync(space.Console);
        await WhenAsync(space, id, operation => operation.Done >= done);
        await console.KillAsync();
        return (await space.Operations.GetAsync(id))!.Done;
    }

    private static Task<TimeSpan> WhenAsync(OperationSpace space, Guid id, Func<BulkOperation, bool> isWanted) =>
        Waiting.UntilAsync("the operation goes on", s_patience, async () => await space.Operations.GetAsync(id) is { } operation && isWanted(operation));
}
