using System.Globalization;
using System.Text.Json;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Jobs.Past;

/// <summary>A job that Redis has forgotten, made of its stored attempts: what its page shows, and what only the history knows.</summary>
/// <param name="Details">As the page shows any job.</param>
/// <param name="Last">The newest attempt.</param>
public sealed record PastJob(JobDetails Details, AttemptRow Last)
{
    /// <summary>Attempts that a page reads.</summary>
    public const int MostAttempts = 200;

    /// <param name="attempts">Of one job, oldest first, at least one.</param>
    public static PastJob Of(IReadOnlyList<AttemptRow> attempts)
    {
        var last = attempts[^1];
        var started = attempts.Where(row => row.StartedAt is not null).ToList();
        return new PastJob(new JobDetails
        {
            Job = Row(last, attempts),
            History = [.. attempts.SelectMany(States).OrderBy(state => state.At)],
            Attempts = [.. started.Select(Attempt)],
            ResultJson = last.Result,
            ParentId = last.ParentId,
        }, last);
    }

    private static JobRecord Row(AttemptRow last, IReadOnlyList<AttemptRow> attempts) => new()
    {
        Id = last.JobId,
        State = last.Outcome.IsFinal() ? StateOf(last.Outcome) : JobState.Unknown,
        StoredState = last.Outcome.IsFinal() ? StateOf(last.Outcome).ToString() : "End not known",
        Name = last.Type,
        Type = last.TypeName,
        IsKnownType = true,
        Queue = last.Queue,
        Arguments = Arguments(attempts.LastOrDefault(row => row.Arguments is not null)?.Arguments),
        CreatedAt = last.CreatedAt ?? attempts[0].CreatedAt,
        StateAt = last.EndedAt,
        Waited = Span(last.WaitMs),
        Ran = Span(last.RunMs),
        Attempt = last.Attempt,
        Worker = last.Worker,
        Reason = last.Reason,
        ErrorType = last.ErrorType,
        ErrorMessage = last.ErrorMessage,
    };

    /// <summary>The state that an attempt left its job in. Where it was to go on, that is no state to show of a job that Redis has forgotten.</summary>
    public static JobState StateOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Succeeded => JobState.Succeeded,
        AttemptOutcome.Retrying => JobState.Retrying,
        AttemptOutcome.Failed => JobState.Failed,
        AttemptOutcome.Quarantined => JobState.Quarantined,
        AttemptOutcome.Deleted => JobState.Deleted,
        _ => JobState.Enqueued,
    };

    private static IEnumerable<StateEntry> States(AttemptRow row)
    {
        if (row.EnqueuedAt is { } enqueued)
            yield return State(JobState.Enqueued, enqueued, null, ("Queue", row.Queue));
        if (row.StartedAt is { } started)
            yield return State(JobState.Processing, started, null, ("ServerId", row.Worker));
        yield return End(row);
    }

    private static StateEntry End(AttemptRow row) => row.Outcome switch
    {
        AttemptOutcome.Succeeded => State(JobState.Succeeded, row.EndedAt, row.Reason, ("PerformanceDuration", row.RunMs?.ToString(CultureInfo.InvariantCulture))),
        AttemptOutcome.Lost => State(JobState.Enqueued, row.EndedAt, row.Reason ?? "Its worker was lost."),
        AttemptOutcome.Returned => State(JobState.Enqueued, row.EndedAt, row.Reason ?? "Its worker stopped and gave it back."),
        AttemptOutcome.Deleted => State(JobState.Deleted, row.EndedAt, row.Reason),
        _ => State(row.Outcome == AttemptOutcome.Quarantined ? JobState.Quarantined : JobState.Failed, row.EndedAt, row.Reason,
            ("ExceptionType", row.ErrorType), ("ExceptionMessage", row.ErrorMessage)),
    };

    private static StateEntry State(JobState state, DateTimeOffset at, string? reason, params ReadOnlySpan<(string Name, string? Value)> data)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in data)
        {
            if (value is not null)
                fields[name] = value;
        }
        return new StateEntry(state, state.ToString(), at, reason, fields);
    }

    /// <summary>An attempt that has been started, as a page shows it.</summary>
    public static JobAttempt Attempt(AttemptRow row) => new()
    {
        Number = Math.Max(1, row.Attempt),
        StartedAt = row.StartedAt ?? row.EndedAt,
        EndedAt = row.Outcome == AttemptOutcome.Lost ? null : row.EndedAt,
        Outcome = OutcomeOf(row.Outcome),
        Worker = row.Worker,
        EnqueuedAt = row.EnqueuedAt,
        ErrorType = row.ErrorType,
        ErrorMessage = row.ErrorMessage,
        ErrorDetails = row.Stack,
    };

    private static JobState OutcomeOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Succeeded => JobState.Succeeded,
        AttemptOutcome.Deleted => JobState.Deleted,
        AttemptOutcome.Lost or AttemptOutcome.Returned => JobState.Unknown,
        _ => JobState.Failed,
    };

    private static IReadOnlyList<JobArgument> Arguments(string? json)
    {
        if (json is null)
            return [];
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 });
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? [.. document.RootElement.EnumerateObject().Select(property => new JobArgument(property.Name, "", property.Value.GetRawText()))]
            : [new JobArgument("arguments", "", json)];
    }

    private static TimeSpan? Span(long? milliseconds) => milliseconds is { } known ? TimeSpan.FromMilliseconds(known) : null;
}
