using System.Diagnostics;
using System.Globalization;

namespace OpsConsole.Bench.Engine;

/// <summary>Makes jobs one by one and in bulk and says how fast, for those who measure from outside (bench/peers).</summary>
internal static class JobMaker
{
    /// <summary>First argument of a process that makes jobs.</summary>
    public const string Verb = "--make";

    public static async Task<int> RunAsync(string prefix, int jobs, int ones)
    {
        var settings = new BenchSettings(Environment.GetEnvironmentVariable("OPS_REDIS")!, "", Quick: false);
        await BenchHost.PublishTypesAsync(settings, prefix);
        await using var host = await BenchHost.StartAsync(settings, prefix);
        await TimedAsync("one", ones, async () =>
        {
            for (var number = 0; number < ones; number++)
                await host.Client.EnqueueAsync<BenchJobs>(job => job.Count(number));
        });
        await TimedAsync("bulk", jobs, () => EngineSpace.FillAsync(host.Client, jobs, 1_000));
        return 0;
    }

    private static async Task TimedAsync(string name, int jobs, Func<Task> make)
    {
        var since = Stopwatch.GetTimestamp();
        await make();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {jobs / Stopwatch.GetElapsedTime(since).TotalSeconds:0}"));
    }
}
