using System.Diagnostics.Metrics;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Configuration;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>How late the runner of this process is.</summary>
public sealed class RunnerMeters
{
    private static readonly InstrumentAdvice<double> Buckets = new() { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3_600] };
    private readonly Histogram<double> _lateness;

    public RunnerMeters(IMeterFactory meters) =>
        _lateness = meters.Create(ConsoleMeters.Schedules).CreateHistogram("opsconsole.scheduler.lateness", "s", "From the planned moment to the job in its queue.", null, Buckets);

    /// <summary>What operators ask for, by hand or for a past range, has no moment that it could be late for.</summary>
    public void Made(Occurrence occurrence, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(occurrence);
        if (occurrence.Origin == Guid.Empty)
            _lateness.Record(Math.Max(0, (at - occurrence.DueAt).TotalSeconds));
    }
}
