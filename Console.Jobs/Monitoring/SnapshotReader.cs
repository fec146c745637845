using System.Text.Json;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Reads the fleet with one script call.</summary>
internal sealed class SnapshotReader(JobRedis redis)
{
    private const int MaxQueues = 500;
    private const int MaxWorkers = 1_000;
    private static readonly RedisScript Script = RedisScript.Load("snapshot");

    public async Task<FleetSnapshot> ReadAsync(CancellationToken cancel)
    {
        var parts = Reply.List(await redis.EvalAsync(Script, [MaxQueues, MaxWorkers], cancel));
        var at = StoredTime.Read(Reply.Text(parts[0])) ?? DateTimeOffset.UnixEpoch;
        var queues = Reply.List(parts[3]).Select(queue => QueueOf(Reply.List(queue), at)).OrderBy(queue => queue.Name, StringComparer.Ordinal);
        var workers = Reply.List(parts[4]).Select(WorkerOf).OrderBy(worker => worker.Id, StringComparer.Ordinal);
        return new FleetSnapshot
        {
            At = at,
            Position = Reply.Text(parts[1]),
            Counts = CountsOf([.. Reply.List(parts[2]).Select(Reply.Number)]),
            Queues = [.. queues],
            Workers = [.. workers],
        };
    }

    private static StateCounts CountsOf(long[] counts) => new(
        Scheduled: counts[0], Retrying: counts[1], Processing: counts[2], SucceededTotal: counts[3], DeletedTotal: counts[4], Failed: counts[5],
        Quarantined: counts[6], Awaiting: counts[7], SucceededKept: counts[8], DeletedKept: counts[9], Enqueued: counts[10]);

    private static QueueRecord QueueOf(RedisResult[] parts, DateTimeOffset now) => new()
    {
        Name = Reply.Text(parts[0]),
        Depth = Reply.Number(parts[1]),
        Throttled = Reply.Number(parts[2]),
        Running = Reply.Number(parts[3]),
        OldestAt = StoredTime.Read(Reply.Text(parts[4])),
        Pause = parts.Length > 5 ? PauseOf(Reply.TextOrNull(parts[5]), now) : null,
    };

    private static WorkerRecord WorkerOf(RedisResult reply)
    {
        var parts = Reply.List(reply);
        return WorkerFields.Build(Reply.Text(parts[0]), Reply.Hash(parts[1]), Reply.Texts(parts[2]), Reply.Hash(parts[3]));
    }

    private static QueuePause? PauseOf(string? json, DateTimeOffset now)
    {
        if (json is null)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var until = Time(root, "until");
            return until <= now ? null : new QueuePause(Text(root, "by"), Text(root, "reason"), Time(root, "at") ?? now, until);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Whatever stands there, workers take the queue for paused.
            return new QueuePause("", "The pause could not be read.", now, null);
        }
    }

    private static string Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static DateTimeOffset? Time(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? StoredTime.Read(value.ToString()) : null;
}
