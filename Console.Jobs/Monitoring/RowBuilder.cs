using System.Globalization;
using System.Text.Json;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Makes a row of what Redis holds of a job, however little that is; what is missing is named and never guessed.</summary>
internal static class RowBuilder
{
    public static JobRecord Build(RawJob raw, CatalogueIndex catalogue)
    {
        var defects = new List<string>();
        var stored = raw.Field("State") ?? "";
        var state = Derive(raw, JobStates.OfStored(stored));
        var known = TypeOf(raw, catalogue);
        var type = TypeNames.Name(raw.Field("Type"), raw.Field("Method"));
        if (raw.WrongKeys.Length > 0)
            defects.Add($"Not of the type that the layout has: {raw.WrongKeys}. Another program has written there.");
        if (raw.Fields.Count > 0)
            FindDefects(raw, stored, state, defects);
        else if (raw.WrongKeys.Length == 0)
            defects.Add(raw.Data.Count > 0 ? "The job's hash is missing, though its state data is there." : "The job's hash is missing: it has expired or was removed, and only its id is left.");
        var (errorType, errorMessage) = ErrorOf(raw, state);
        var running = state == JobState.Processing ? RunningEntry.Read(raw.Running) : null;
        return new JobRecord
        {
            Id = raw.Id,
            State = state,
            StoredState = stored,
            Name = known?.Name ?? (type.Length > 0 ? TypeNames.Display(type) : "unknown"),
            Type = type,
            IsKnownType = known is not null,
            Queue = raw.Fields.Count == 0 ? "" : running?.Queue ?? QueueOf(raw),
            Arguments = raw.Fields.Count == 0 ? [] : JobArguments.Read(raw, known, defects),
            ArgumentBytes = raw.ArgumentBytes,
            CreatedAt = StoredTime.Read(raw.Field("CreatedAt")),
            StateAt = StateAt(raw, state),
            EnqueueAt = state is JobState.Scheduled or JobState.Retrying ? StoredTime.Read(raw.Datum("EnqueueAt")) : null,
            Waited = Between(StoredTime.Read(raw.EnqueuedAt), StoredTime.Read(raw.StartedAt)) ?? Ms(raw.Datum("Latency")),
            Ran = RanOf(raw, state),
            Attempt = running?.Attempt ?? AttemptOf(raw, state),
            Worker = running?.Worker ?? raw.Datum("ServerId") ?? (state is JobState.Enqueued or JobState.Scheduled or JobState.Awaiting ? "" : raw.LastWorker),
            Reason = raw.Datum("Reason"),
            ErrorType = errorType,
            ErrorMessage = errorMessage,
            Percent = double.TryParse(raw.Progress.GetValueOrDefault("Percent"), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) && double.IsFinite(percent) ? Math.Clamp(percent, 0, 100) : null,
            ProgressText = raw.Progress.GetValueOrDefault("Text"),
            CancelRequested = raw.Cancel is not null,
            Defects = defects,
        };
    }

    public static JobType? TypeOf(RawJob raw, CatalogueIndex catalogue) =>
        raw.Field("Type") is { } type && raw.Field("Method") is { } method ? catalogue.ByKey(TypeKey.Of(type, method, raw.Field("ParameterTypes") ?? "")) : null;

    /// <summary>The queue by Hangfire's rule; a state without one leaves it to what the history says.</summary>
    public static string QueueOf(RawJob raw)
    {
        if (raw.Datum("Queue") is { Length: > 0 } queue && queue != "default")
            return queue;
        if (raw.Field("Queue") is { Length: > 0 } own)
            return own;
        return raw.Datum("Queue") is null && raw.HistoryQueue.Length > 0 ? raw.HistoryQueue : "default";
    }

    private static JobState Derive(RawJob raw, JobState state) => state switch
    {
        JobState.Scheduled when raw.IsRetrying => JobState.Retrying,
        JobState.Failed when raw.IsQuarantined => JobState.Quarantined,
        _ => state,
    };

    private static void FindDefects(RawJob raw, string stored, JobState state, List<string> defects)
    {
        if (stored.Length == 0)
            defects.Add("It has no state: whoever made it stopped half-way. Retry puts it into its queue.");
        else if (state == JobState.Unknown)
            defects.Add($"Its state '{stored}' is none that the layout knows.");
        if (raw.Field("Type") is not { Length: > 0 } || raw.Field("Method") is not { Length: > 0 })
            defects.Add("The field Type or Method is missing, so no worker can run it.");
        if (stored.Length == 0)
            return;
        if (raw.Data.Count == 0)
            defects.Add("Its state data is missing.");
        else if (raw.Datum("State") is { } told && told != stored)
            defects.Add($"Its state data belongs to another state ({told}).");
        else if (JobStates.TimeField(state) is { } field && StoredTime.Read(raw.Datum(field)) is null)
            defects.Add($"Its state data lacks {field}.");
        if (raw.HistoryLength == 0)
            defects.Add("Its history is missing.");
        if (raw.IsOrphaned && raw.Running is null)
            defects.Add("The server that ran it is gone, or has been silent for 5 minutes. If no other takes it up, retry puts it back into its queue.");
    }

    private static DateTimeOffset? StateAt(RawJob raw, JobState state)
    {
        var field = JobStates.TimeField(state);
        return (field is null ? null : StoredTime.Read(raw.Datum(field))) ?? StoredTime.Read(raw.LastEntryAt) ?? StoredTime.Read(raw.Field("CreatedAt"));
    }

    private static TimeSpan? RanOf(RawJob raw, JobState state) => state switch
    {
        JobState.Succeeded => Ms(raw.Datum("PerformanceDuration")),
        JobState.Failed or JobState.Quarantined => Between(StoredTime.Read(raw.StartedAt), StoredTime.Read(raw.Datum("FailedAt"))),
        JobState.Retrying => Between(StoredTime.Read(raw.StartedAt), StoredTime.Read(raw.Datum("ScheduledAt"))),
        _ => null,
    };

    // Starts beyond the entries that were read are told by the worker's own counter, or by Hangfire's count of retries.
    private static int AttemptOf(RawJob raw, JobState state)
    {
        if (int.TryParse(raw.Field("Attempt"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt))
            return attempt;
        var retries = int.TryParse(raw.Field("RetryCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
        var began = state is JobState.Processing or JobState.Succeeded or JobState.Failed or JobState.Quarantined ? 1 : 0;
        return raw.HistoryLength is > 0 and <= 12 ? raw.Starts : Math.Max(raw.Starts, retries + began);
    }

    private static (string? Type, string? Message) ErrorOf(RawJob raw, JobState state)
    {
        if (state == JobState.Succeeded)
            return (null, null);
        if (raw.Datum("ExceptionType") is { Length: > 0 } type)
            return (type, raw.Datum("ExceptionMessage"));
        if (raw.ErrorType.Length > 0)
            return (raw.ErrorType, raw.ErrorMessage);
        return DeletedWith(raw.Datum("Exception"));
    }

    private static (string? Type, string? Message) DeletedWith(string? json)
    {
        try
        {
            using var document = JsonDocument.Parse(json ?? "null");
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("e", out var type)
                ? (TypeKey.Bare(type.ToString()), root.TryGetProperty("m", out var message) ? message.ToString() : null)
                : (null, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, null);
        }
    }

    private static TimeSpan? Between(DateTimeOffset? from, DateTimeOffset? to) => to - from is { } span && span >= TimeSpan.Zero ? span : null;

    private static TimeSpan? Ms(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) && ms >= 0 && ms < 1e13 ? TimeSpan.FromMilliseconds(ms) : null;
}
