using System.Text.Json;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Tests.Web.Live;

/// <summary>Tells events one after the other, each a second after the one before unless moved.</summary>
internal sealed class Story
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private long _sequence;

    public DateTimeOffset Now { get; set; } = Noon;

    public string Position => $"{Now.ToUnixTimeMilliseconds()}-{_sequence}";

    public JobEvent Event(string kind, string id, string queue = "default", string before = "", string type = "Shop.Orders.Ship", string worker = "w:1:a", object? details = null) => new()
    {
        Position = $"{Now.ToUnixTimeMilliseconds()}-{++_sequence}",
        At = Now,
        Kind = kind,
        Subject = id,
        Queue = queue,
        PreviousState = before,
        Type = type,
        Worker = worker,
        Details = details is null ? default : JsonSerializer.SerializeToElement(details),
    };

    public JobEvent Enqueued(string id, string queue = "default") => Event(JobEventKinds.Enqueued, id, queue);

    public JobEvent Started(string id, string queue = "default", int wait = 10) => Event(JobEventKinds.Processing, id, queue, "Enqueued", details: new { attempt = 1, wait });

    public JobEvent Succeeded(string id, string queue = "default") => Event(JobEventKinds.Succeeded, id, queue, "Processing", details: new { attempt = 1, wait = 10, run = 20 });

    public JobEvent Failed(string id, string queue = "default") =>
        Event(JobEventKinds.Failed, id, queue, "Processing", details: new { attempt = 1, run = 20, error = "System.IO.IOException", message = "disk full", reason = "" });

    public JobEvent Retrying(string id, string queue = "default") =>
        Event(JobEventKinds.Retrying, id, queue, "Processing", details: new { attempt = 1, run = 20, at = Now.AddMinutes(1).ToUnixTimeMilliseconds(), error = "System.IO.IOException", message = "disk full" });

    public FleetSnapshot Snapshot(params QueueRecord[] queues) => new()
    {
        At = Now,
        Position = Position,
        Counts = Counts(enqueued: queues.Sum(queue => queue.Depth), processing: queues.Sum(queue => queue.Running)),
        Queues = queues,
    };

    public static StateCounts Counts(long enqueued = 0, long processing = 0, long succeeded = 0, long failed = 0, long quarantined = 0) =>
        new(enqueued, 0, 0, processing, succeeded, 0, failed, quarantined, 0, 0, 0);
}
