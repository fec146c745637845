using System.Diagnostics;

namespace OpsConsole.Bench.Engine;

/// <summary>From the call of enqueue to the first line of the job, with nothing else to do. Client and worker are one process, on connections of their own.</summary>
internal sealed class IdleLatencyScenario : IScenario
{
    public string Name => "idle-latency";

    public string About => "enqueue to start on an idle system: at most 2 ms at the median, 10 ms at p99";

    public ProfileTarget Profiled => ProfileTarget.Here;

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        var samples = settings.Quick ? 200 : 1_000;
        var prefix = BenchHost.NewPrefix();
        await using var client = await BenchHost.StartAsync(settings, prefix);
        await using var worker = await BenchHost.StartAsync(settings, prefix, slots: 20);
        var milliseconds = new List<double>();
        for (var i = 0; i < samples + 50; i++)
        {
            var started = BenchJobs.NextStart();
            var since = Stopwatch.GetTimestamp();
            await client.Client.EnqueueAsync<BenchJobs>(job => job.Stamp());
            var at = await started;
            // The first ones pay for compilation.
            if (i >= 50)
                milliseconds.Add(Stopwatch.GetElapsedTime(since, at).TotalMilliseconds);
            await Task.Delay(Random.Shared.Next(3, 12));
        }
        await client.ClearAsync();
        return new BenchReport(Name, $"{samples:N0} jobs, one at a time",
            [new Figure("p50_ms", Percentile.Of(milliseconds, 0.5), AtMost: 2), new Figure("p99_ms", Percentile.Of(milliseconds, 0.99), AtMost: 10)]);
    }
}
