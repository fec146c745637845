using System.Globalization;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Live;

/// <summary>Decides what needs a person, worst first.</summary>
public static class AttentionRules
{
    public const int MinutesToFallBehind = 5;
    public const int FewestToFallBehind = 20;
    private const int Limit = 20;
    private static readonly TimeSpan LostIsNews = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan UnservedAfter = TimeSpan.FromSeconds(15);

    public static IReadOnlyList<AttentionItem> Of(FleetView view, IReadOnlyList<(TypeFailures.Spike Spike, string Name)> spikes) =>
    [
        .. spikes.Select(one => Spike(one.Spike, one.Name))
            .Concat(view.Gone.Where(worker => worker.GoneHow == "lost" && view.At - worker.GoneAt < LostIsNews).Select(worker => Lost(worker, view)))
            .Concat(view.Workers.Where(worker => worker.IsSilent).Select(Silent))
            .Concat(Quarantined(view.Of(JobState.Quarantined)))
            .Concat(view.Queues.Where(queue => queue.Pause is not null).Select(Paused))
            .Concat(view.Queues.Where(queue => IsUnserved(queue, view.At)).Select(Unserved))
            .Concat(view.Queues.Where(queue => queue.IsFallingBehind).Select(Behind))
            .Take(Limit),
    ];

    private static AttentionItem Spike(TypeFailures.Spike spike, string name)
    {
        var error = spike.Error[(spike.Error.LastIndexOf('.') + 1)..];
        var usual = spike.TimesUsual is { } times ? $", {Number(times)} times the usual share" : "";
        return new AttentionItem(AttentionKind.FailureSpike, name, error.Length == 0 ? $"Failures in {name}" : $"{error} in {name}",
            $"{Number(spike.Failed)} of {Number(spike.Ended)} attempts failed in the last 5 minutes{usual}.", null);
    }

    private static AttentionItem Lost(WorkerRecord worker, FleetView view)
    {
        var left = view.Workers.Count(other => other.Record.Queues.Intersect(worker.Queues, StringComparer.Ordinal).Any());
        var served = left == 0 ? "No other worker serves its queues." : $"Its queues are still served by {Number(left)} {(left == 1 ? "worker" : "workers")}.";
        return new AttentionItem(AttentionKind.WorkerLost, worker.Id, $"Worker {worker.Name} is lost",
            $"It stopped without a word; its jobs go back to their queues. {served}", worker.GoneAt);
    }

    private static AttentionItem Silent(WorkerView worker) =>
        new(AttentionKind.WorkerSilent, worker.Record.Id, $"Worker {worker.Record.Name} is silent",
            $"Its heartbeat is overdue; {Number(worker.Busy)} of its {Number(worker.Record.Slots)} slots were busy.", worker.Record.HeartbeatAt);

    private static IEnumerable<AttentionItem> Quarantined(long count)
    {
        if (count > 0)
            yield return new AttentionItem(AttentionKind.Quarantined, "", count == 1 ? "1 job is quarantined" : $"{Number(count)} jobs are quarantined",
                "They lost their worker three times while they ran, or what Redis holds of them does not fit together. They are started again only by hand.", null);
    }

    private static AttentionItem Paused(QueueView queue)
    {
        var pause = queue.Pause!;
        var reason = pause.Reason.Length == 0 ? "No reason was given." : $"“{pause.Reason}”.";
        return new AttentionItem(AttentionKind.QueuePaused, queue.Name, $"Queue {queue.Name} is paused",
            $"By {pause.By}: {reason} {Number(queue.Depth)} waiting.", pause.At);
    }

    private static bool IsUnserved(QueueView queue, DateTimeOffset now) =>
        queue.Depth > 0 && queue.Consumers.Count == 0 && queue.Pause is null && (queue.OldestAt is null || now - queue.OldestAt > UnservedAfter);

    private static AttentionItem Unserved(QueueView queue) =>
        new(AttentionKind.QueueUnserved, queue.Name, $"No worker serves queue {queue.Name}",
            $"{Number(queue.Depth)} {(queue.Depth == 1 ? "job waits" : "jobs wait")}. Start a worker that lists this queue.", queue.OldestAt);

    private static AttentionItem Behind(QueueView queue) =>
        new(AttentionKind.QueueFallingBehind, queue.Name, $"Queue {queue.Name} is falling behind",
            $"More came in than was started for {queue.MinutesBehind} minutes: {Number(queue.InPerMinute)} in and {Number(queue.OutPerMinute)} out in the last one. {Number(queue.Depth)} waiting.", queue.OldestAt);

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
