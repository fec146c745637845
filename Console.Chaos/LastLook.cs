using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Upkeep;
using OpsConsole.Jobs.Worker;

namespace OpsConsole.Chaos;

/// <summary>The sweep as workers run it, once more at the end of an experiment: it looks at all that is left while nothing moves.</summary>
internal static class LastLook
{
    private const int Most = 1_000;
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromSeconds(1.5);

    /// <returns>What the workers' sweeps and this one have found since Redis was empty.</returns>
    public static async Task<IReadOnlyList<Finding>> TakeAsync(JobRedis redis, JobInspector inspector)
    {
        // Nothing is on its way any more, so that the second look may follow soon.
        var options = new JobWorkerOptions { SweepSeconds = 1, RenewSeconds = 0.4 };
        var sweep = new StorageSweep(redis, options, TimeProvider.System, (_, _) => Task.CompletedTask, NullLogger.Instance);
        await sweep.LookAtPlacesAsync(CancellationToken.None);
        await sweep.LookAtJobsAsync(CancellationToken.None);
        await sweep.LookAtCountsAsync(CancellationToken.None);
        await Task.Delay(s_betweenLooks);
        await sweep.RepairDueAsync(CancellationToken.None);
        return await inspector.GetFindingsAsync(Most);
    }
}
