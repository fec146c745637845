using System.Diagnostics.Metrics;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Telemetry;

/// <summary>What is so at this moment: read from the boards when somebody asks.</summary>
internal sealed class FleetMeters
{
    // Queues that have series of their own, deepest first.
    private const int MostQueues = 200;
    private readonly FleetBoard _fleet;

    public FleetMeters(IMeterFactory meters, FleetBoard fleet, ScheduleBoard schedules, HistoryBoard history)
    {
        _fleet = fleet;
        var meter = meters.Create(TelemetryServices.Meter);
        meter.CreateObservableGauge("opsconsole.jobs.queued", () => ByQueue(queue => queue.Depth + queue.Throttled), "{job}", "Jobs that wait in a queue, held back ones included.");
        meter.CreateObservableGauge("opsconsole.jobs.running", () => ByQueue(queue => queue.Running), "{job}", "Jobs that run, by the queue they came from.");
        meter.CreateObservableGauge("opsconsole.queue.oldest_age", OldestAges, "s", "Age of the job that is next to run; 0 when none waits.");
        meter.CreateObservableGauge("opsconsole.queue.paused", () => ByQueue(queue => queue.Pause is null ? 0 : 1), null, "Whether a queue is paused.");
        meter.CreateObservableGauge("opsconsole.jobs.by_state", ByState, "{job}", "Jobs that are kept in a state.");
        meter.CreateObservableGauge("opsconsole.workers", () => WhenReady(view => view.Workers.Count), "{worker}", "Workers that have announced themselves.");
        meter.CreateObservableGauge("opsconsole.workers.silent", () => WhenReady(view => view.Workers.Count(worker => worker.IsSilent)), "{worker}", "Of those, workers whose heartbeat is overdue.");
        meter.CreateObservableGauge("opsconsole.worker.slots", () => WhenReady(view => view.Slots), "{slot}", "Jobs that all workers can run at once.");
        meter.CreateObservableGauge("opsconsole.worker.slots_busy", () => WhenReady(view => view.Busy), "{slot}", "Slots that are busy.");
        meter.CreateObservableGauge("opsconsole.scheduler.up", () => schedules.Current.Runner is { } runner ? [new Measurement<long>(runner.IsAlive ? 1 : 0)] : Array.Empty<Measurement<long>>(),
            null, "Whether some console runs the schedules.");
        meter.CreateObservableGauge("opsconsole.scheduler.overdue", () => (long)schedules.Current.Overdue.Schedules, "{schedule}", "Schedules whose moment has passed without a run.");
        meter.CreateObservableGauge("opsconsole.ingestion.up", () => history.Current.State is { } state ? [new Measurement<long>(state.IsHeld ? 1 : 0)] : Array.Empty<Measurement<long>>(),
            null, "Whether some console stores what happens.");
        meter.CreateObservableGauge("opsconsole.ingestion.lag", () => history.Current.State is null ? Array.Empty<Measurement<double>>() : [new Measurement<double>(history.Current.Lag.TotalSeconds)],
            "s", "Age of the oldest event that is not stored.");
        meter.CreateObservableGauge("opsconsole.ingestion.gaps", () => (long)history.Current.Gaps.Count, "{gap}", "Holes in the history of the last seven days.");
    }

    private IEnumerable<Measurement<long>> WhenReady(Func<FleetView, long> value) => _fleet.Current is { IsReady: true } view ? [new(value(view))] : [];

    private IEnumerable<Measurement<long>> ByQueue(Func<QueueView, long> value) => Queues().Select(queue => new Measurement<long>(value(queue), Label("queue", queue.Name)));

    private IEnumerable<Measurement<double>> OldestAges()
    {
        var now = _fleet.Current.At;
        return Queues().Select(queue => new Measurement<double>(queue.OldestAt is { } at && queue.Depth > 0 ? Math.Max(0, (now - at).TotalSeconds) : 0, Label("queue", queue.Name)));
    }

    private IEnumerable<Measurement<long>> ByState() => _fleet.Current.Counts
        .Where(count => count.Key is not (JobState.Succeeded or JobState.Deleted))
        .Select(count => new Measurement<long>(Math.Max(0, count.Value), Label("state", count.Key.ToString().ToLowerInvariant())));

    private IEnumerable<QueueView> Queues() => _fleet.Current.Queues.OrderByDescending(queue => queue.Depth).Take(MostQueues);

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
