using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OpsConsole.Jobs.Protocol;

/// <summary>One entry of the event stream: a change that has happened. Kinds and details: <c>docs/protocol.md</c>, Events.</summary>
public sealed record JobEvent
{
    private StrongBox<JsonElement>? _details;

    /// <summary>Stream position, <c>milliseconds-sequence</c>.</summary>
    public required string Position { get; init; }
    /// <summary>When it happened, by the clock of Redis.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>One of <see cref="JobEventKinds"/>.</summary>
    public required string Kind { get; init; }
    /// <summary>Job id; for queue events the queue, for worker events the worker id.</summary>
    public required string Subject { get; init; }
    /// <summary><c>Namespace.Type.Method</c>, or empty.</summary>
    public string Type { get; init; } = "";
    /// <summary>Queue, or empty.</summary>
    public string Queue { get; init; } = "";
    /// <summary>State before the change, or empty.</summary>
    public string PreviousState { get; init; } = "";
    /// <summary>Worker id, or empty.</summary>
    public string Worker { get; init; } = "";
    /// <summary>The kind's details; <see cref="JsonValueKind.Undefined"/> when there are none.</summary>
    public JsonElement Details
    {
        get => (_details ??= new StrongBox<JsonElement>(Parse(DetailsJson))).Value;
        init => _details = new StrongBox<JsonElement>(value);
    }

    /// <summary>The details as they are stored: read only when somebody asks for one, because of most events nobody does.</summary>
    internal string DetailsJson { get; init; } = "";

    /// <summary>A text detail, or null.</summary>
    public string? Text(string name) =>
        Details.ValueKind == JsonValueKind.Object && Details.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A number detail (ms, counts, percent), or null.</summary>
    public double? Number(string name) =>
        Details.ValueKind == JsonValueKind.Object && Details.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static JsonElement Parse(string json)
    {
        if (json.Length == 0)
            return default;
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(json);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}

/// <summary>The names that <see cref="JobEvent.Kind"/> can carry.</summary>
public static class JobEventKinds
{
#pragma warning disable CS1591 // Each is explained where all of them are: docs/protocol.md, Events.
    public const string Enqueued = "enqueued";
    public const string Scheduled = "scheduled";
    public const string Awaiting = "awaiting";
    public const string Throttled = "throttled";
    public const string Processing = "processing";
    public const string Progress = "progress";
    public const string Log = "log";
    public const string CancelRequested = "cancel-requested";
    public const string Succeeded = "succeeded";
    public const string Retrying = "retrying";
    public const string Failed = "failed";
    public const string Quarantined = "quarantined";
    public const string Requeued = "requeued";
    public const string Deleted = "deleted";
    public const string QueuePaused = "queue-paused";
    public const string QueueResumed = "queue-resumed";
    public const string WorkerStarted = "worker-started";
    public const string WorkerStopped = "worker-stopped";
    public const string WorkerLost = "worker-lost";
#pragma warning restore CS1591
}
