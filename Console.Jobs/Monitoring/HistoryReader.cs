using System.Text.Json;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Reads the history of a job and pairs starts with ends.</summary>
internal static class HistoryReader
{
    /// <summary>Entries in order; one that cannot be read stays as an entry without data.</summary>
    public static IReadOnlyList<StateEntry> Read(IEnumerable<string> entries) => [.. entries.Select(Entry)];

    /// <summary>Attempts in order. A start without an end before the next one was lost or given back.</summary>
    public static IReadOnlyList<JobAttempt> Attempts(IReadOnlyList<StateEntry> history, JobState state)
    {
        var attempts = new List<JobAttempt>();
        StateEntry? enqueued = null;
        JobAttempt? open = null;
        foreach (var entry in history)
        {
            if (entry.State == JobState.Processing)
            {
                Close(attempts, ref open, null);
                open = Begin(entry, enqueued, attempts.Count + 1);
            }
            else
            {
                Close(attempts, ref open, entry);
            }
            if (entry.State == JobState.Enqueued)
                enqueued = entry;
        }
        if (open is not null)
            attempts.Add(open with { Outcome = state == JobState.Processing ? JobState.Processing : JobState.Unknown });
        return attempts;
    }

    private static JobAttempt Begin(StateEntry entry, StateEntry? enqueued, int number) => new()
    {
        Number = number,
        StartedAt = StoredTime.Read(entry.Data.GetValueOrDefault("StartedAt")) ?? entry.At ?? DateTimeOffset.UnixEpoch,
        EnqueuedAt = enqueued is null ? null : StoredTime.Read(enqueued.Data.GetValueOrDefault("EnqueuedAt")) ?? enqueued.At,
        Worker = entry.Data.GetValueOrDefault("ServerId") ?? "",
    };

    private static void Close(List<JobAttempt> attempts, ref JobAttempt? open, StateEntry? end)
    {
        if (open is not { } attempt)
            return;
        open = null;
        attempts.Add(end?.State is JobState.Succeeded or JobState.Failed or JobState.Deleted
            ? attempt with
            {
                Outcome = end.State,
                EndedAt = StoredTime.Read(end.Data.GetValueOrDefault(JobStates.TimeField(end.State)!)) ?? end.At,
                ErrorType = end.Data.GetValueOrDefault("ExceptionType"),
                ErrorMessage = end.Data.GetValueOrDefault("ExceptionMessage"),
                ErrorDetails = end.Data.GetValueOrDefault("ExceptionDetails"),
            }
            : attempt with { Outcome = JobState.Unknown, EndedAt = end?.At });
    }

    private static StateEntry Entry(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return Entry(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Shown as what it is: an entry that cannot be read.
        }
        return new StateEntry(JobState.Unknown, "", null, "This entry of the history cannot be read.", new Dictionary<string, string>());
    }

    private static StateEntry Entry(JsonElement root)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in root.EnumerateObject())
        {
            if (field.Value.ValueKind != JsonValueKind.Null && Readable(field) is { } text)
                data[field.Name] = text;
        }
        data.Remove("State", out var stored);
        data.Remove("Reason", out var reason);
        data.Remove("CreatedAt", out var at);
        return new StateEntry(JobStates.OfStored(stored), stored ?? "", StoredTime.Read(at), reason, data);
    }

    // A lone surrogate in one field (an exception's message, say) must not cost the others.
    private static string? Readable(JsonProperty field)
    {
        try
        {
            return field.Value.ToString();
        }
        catch (InvalidOperationException)
        {
            return field.Value.GetRawText();
        }
    }
}
