using System.Globalization;
using System.Text.Json;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Makes worker records of what servers write of themselves.</summary>
internal static class WorkerFields
{
    /// <summary>A worker that is listed in <c>servers</c>. Hangfire's hash is there for both kinds, ours only for our own.</summary>
    public static WorkerRecord Build(string id, Dictionary<string, string> server, IReadOnlyList<string> queues, Dictionary<string, string> own)
    {
        var vitals = TryRead<WorkerVitals>(own.GetValueOrDefault("Vitals"));
        var pools = (TryRead<List<WorkerPool?>>(own.GetValueOrDefault("Pools")) ?? []).OfType<WorkerPool>().ToList();
        return new WorkerRecord
        {
            Id = id,
            Name = NameOf(id),
            IsOurs = own.Count > 0 || server.ContainsKey("Ops"),
            Slots = Number(own, "Slots") ?? Number(server, "WorkerCount") ?? 0,
            Busy = Number(own, "Busy") ?? vitals?.Busy ?? 0,
            Queues = queues.Count > 0 ? queues : [.. pools.SelectMany(pool => pool.Queues ?? []).OfType<string>().Distinct()],
            Pools = [.. pools.Select(pool => pool with { Name = pool.Name ?? "", Queues = [.. (pool.Queues ?? []).OfType<string>()] })],
            Host = own.GetValueOrDefault("Host") ?? "",
            Version = own.GetValueOrDefault("Version") ?? "",
            StartedAt = StoredTime.Read(own.GetValueOrDefault("StartedAt") ?? server.GetValueOrDefault("StartedAt")),
            HeartbeatAt = StoredTime.Read(own.GetValueOrDefault("Heartbeat") ?? server.GetValueOrDefault("Heartbeat")),
            Vitals = vitals,
        };
    }

    /// <summary>A worker that has gone, from one member of <c>ops:gone</c>; null when it cannot be read.</summary>
    public static WorkerRecord? Gone(string json, double score)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "id") is not { Length: > 0 } id)
                return null;
            var fields = Fields(root);
            var queues = TryRead<List<string?>>(fields.GetValueOrDefault("Queues") ?? Raw(root, "Queues")) ?? [];
            return Build(id, [], [.. queues.OfType<string>()], fields) with { IsOurs = true, Busy = 0, GoneAt = StoredTime.Read(Text(root, "at")) ?? StoredTime.OfMs(score), GoneHow = Text(root, "how") ?? "lost" };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static WorkerVitals? Vitals(string json) => TryRead<WorkerVitals>(json);

    // 'name:pid:guid', and the name may hold colons of its own.
    private static string NameOf(string id) => id.LastIndexOf(':') is > 0 and var end && end + 1 < id.Length && Guid.TryParse(id.AsSpan(end + 1), out _) ? id[..end] : id;

    private static Dictionary<string, string> Fields(JsonElement root)
    {
        if (!root.TryGetProperty("worker", out var worker) || worker.ValueKind != JsonValueKind.Object)
            return [];
        return worker.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.ToString(), StringComparer.Ordinal);
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;

    private static string? Raw(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static int? Number(Dictionary<string, string> hash, string name) =>
        int.TryParse(hash.GetValueOrDefault(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static T? TryRead<T>(string? json) where T : class
    {
        if (string.IsNullOrEmpty(json))
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(json, JobJson.Records);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
