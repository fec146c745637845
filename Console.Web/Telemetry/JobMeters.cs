using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Telemetry;

/// <summary>
/// Counts what jobs do since this console started, as counters want it. Events from before the start, which the console reads back for
/// its curves, are not counted: the process that ran then has counted them.
/// </summary>
internal sealed class JobMeters : IJobEventListener
{
    /// <summary>Job types and queues that have series of their own.</summary>
    private const int MostNames = 200;

    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900, 1_800, 3_600],
    };

    private readonly FleetBoard _fleet;
    private readonly DateTimeOffset _since;
    private readonly BoundedNames _types = new(MostNames);
    private readonly BoundedNames _queues = new(MostNames);
    private readonly Counter<long> _jobs;
    private readonly Counter<long> _retries;
    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _run;

    public JobMeters(IMeterFactory meters, FleetBoard fleet, TimeProvider time)
    {
        _fleet = fleet;
        _since = time.GetUtcNow();
        var meter = meters.Create(TelemetryServices.Meter);
        _jobs = meter.CreateCounter<long>("opsconsole.jobs", "{job}", "Ends of attempts by outcome: succeeded, retrying, failed, quarantined, deleted, lost or returned.");
        _retries = meter.CreateCounter<long>("opsconsole.job.retries", "{job}", "Failed attempts after which the job was tried again by itself.");
        _wait = meter.CreateHistogram("opsconsole.job.wait", "s", "Time in the queue before a start.", null, Buckets);
        _run = meter.CreateHistogram("opsconsole.job.run", "s", "Duration of attempts that ended by themselves.", null, Buckets);
    }

    public void Apply(IReadOnlyList<JobEvent> events)
    {
        foreach (var e in events)
        {
            if (e.At >= _since)
                Count(e);
        }
    }

    public void OnGap()
    {
        // A counter cannot tell what it has not seen; the rate dips.
    }

    private void Count(JobEvent e)
    {
        if (e.Kind == JobEventKinds.Processing)
        {
            if (e.Number("wait") is { } wait)
                _wait.Record(Math.Max(0, wait) / 1_000, Labels(e));
            return;
        }
        if (Outcome(e) is not { } outcome)
            return;
        var labels = Labels(e);
        if (e.Kind == JobEventKinds.Retrying)
            _retries.Add(1, labels);
        if (e.Number("run") is { } run)
            _run.Record(Math.Max(0, run) / 1_000, labels);
        labels.Add("outcome", outcome);
        _jobs.Add(1, labels);
    }

    private TagList Labels(JobEvent e) => new() { { "type", _types.Of(_fleet.Names.Of(e.Type)) }, { "queue", _queues.Of(e.Queue) } };

    private static string? Outcome(JobEvent e) => e.Kind switch
    {
        JobEventKinds.Succeeded or JobEventKinds.Retrying or JobEventKinds.Failed or JobEventKinds.Quarantined or JobEventKinds.Deleted => e.Kind,
        JobEventKinds.Requeued => e.Number("lost") > 0 ? "lost" : "returned",
        _ => null,
    };
}
