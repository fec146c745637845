using System.Globalization;
using OpsConsole.Data.Failures;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.History;

/// <summary>
/// Makes the row of an attempt of its event and of what Redis still holds of the job. Pure: the same input makes the same row, in every
/// console. What is missing stays empty; nothing is guessed.
/// </summary>
public sealed class AttemptBuilder(HistoryOptions options)
{
    private const string LostError = "OpsConsole.Jobs.Worker.WorkerLostException";
    // Which worker it was is no part of the problem.
    private const string LostMessage = "The worker was lost while it ran this job.";
    private const int MaxErrorType = 500;
    private readonly StoredPayload _payload = new(options);

    /// <param name="e">An event that ends an attempt; see <see cref="JobFactsReader.IsEnd"/>.</param>
    /// <param name="facts">Null when nothing is left of the job.</param>
    /// <param name="type">Name of the job type when Redis does not tell it.</param>
    /// <param name="place">Where it ran.</param>
    public AttemptRow Build(JobEvent e, JobFacts? facts, string type, WorkerPlace place)
    {
        var outcome = OutcomeOf(e);
        // What is deleted without running has no attempt, though an earlier one may be known.
        var ran = outcome != AttemptOutcome.Deleted || e.PreviousState == "Processing";
        if (facts is not null && !ran && e.PreviousState != "Enqueued")
            facts = facts with { EnqueuedAt = null };
        var times = AttemptTimes.Of(e, facts, ran, endIsKnown: outcome is not (AttemptOutcome.Lost or AttemptOutcome.Quarantined));
        var row = new AttemptRow
        {
            EndedAt = e.At,
            Sequence = SequenceOf(e.Position),
            JobId = e.Subject,
            Type = facts?.Name ?? type,
            TypeName = e.Type,
            Queue = e.Queue,
            Worker = ran ? e.Worker : "",
            Host = ran ? place.Host : "",
            Version = ran ? place.Version : "",
            Outcome = outcome,
            Attempt = ran ? AttemptOf(e, facts) : 0,
            CreatedAt = times.CreatedAt,
            EnqueuedAt = times.EnqueuedAt,
            StartedAt = times.StartedAt,
            WaitMs = times.WaitMs,
            RunMs = times.RunMs,
            Reason = ReasonOf(e, facts, outcome),
            ScheduleId = facts?.ScheduleId,
            NominalAt = facts?.ScheduledFor,
            Owner = facts?.Owner ?? "",
            Tags = facts?.Tags ?? [],
            ParentId = facts?.ParentId,
        };
        return WithPayload(outcome.IsFailure() ? WithError(row, e, facts) : row, facts);
    }

    private static AttemptOutcome OutcomeOf(JobEvent e) => e.Kind switch
    {
        JobEventKinds.Succeeded => AttemptOutcome.Succeeded,
        JobEventKinds.Retrying => AttemptOutcome.Retrying,
        JobEventKinds.Failed => AttemptOutcome.Failed,
        JobEventKinds.Quarantined => AttemptOutcome.Quarantined,
        JobEventKinds.Requeued => e.Number("lost") > 0 ? AttemptOutcome.Lost : AttemptOutcome.Returned,
        JobEventKinds.Deleted => AttemptOutcome.Deleted,
        _ => throw new ArgumentException($"An event '{e.Kind}' ends no attempt.", nameof(e)),
    };

    private AttemptRow WithPayload(AttemptRow row, JobFacts? facts)
    {
        if (facts is null)
            return row;
        bool isRedacted = false, argumentsCut = facts.ArgumentsTooLong, resultCut = facts.EndTooLong && row.Outcome == AttemptOutcome.Succeeded;
        var arguments = _payload.Arguments(facts.Arguments, ref isRedacted, ref argumentsCut);
        var result = row.Outcome == AttemptOutcome.Succeeded ? _payload.Result(facts.ResultJson, ref isRedacted, ref resultCut) : null;
        var cut = row.Cut | (argumentsCut ? CutTexts.Arguments : 0) | (resultCut ? CutTexts.Result : 0);
        return row with { Arguments = arguments, Result = result, IsRedacted = isRedacted, Cut = cut };
    }

    private AttemptRow WithError(AttemptRow row, JobEvent e, JobFacts? facts)
    {
        var isLost = row.Outcome is AttemptOutcome.Lost or AttemptOutcome.Quarantined;
        var type = isLost ? LostError : facts?.ErrorType ?? e.Text("error");
        var message = isLost ? $"Worker {e.Worker} was lost while it ran this job." : facts?.ErrorMessage ?? e.Text("message");
        var details = isLost ? null : facts?.ErrorDetails;
        bool typeCut = false, messageCut = message is not null && StoredCuts.IsCutMessage(message);
        var stackCut = details is not null && StoredCuts.IsCutDetails(details) || !isLost && facts?.EndTooLong == true;
        // The group is told by whole texts, so that other caps do not make other groups.
        var failure = FailureFingerprint.Of(row.Type, type, isLost ? LostMessage : message, details);
        return row with
        {
            ErrorType = type is null ? null : CutText.To(type, MaxErrorType, ref typeCut),
            ErrorMessage = message is null ? null : CutText.To(message, options.MaxMessageBytes, ref messageCut),
            Stack = string.IsNullOrEmpty(details) ? null : CutText.To(details, options.MaxStackBytes, ref stackCut),
            Failure = failure,
            Cut = (typeCut ? CutTexts.ErrorType : 0) | (messageCut ? CutTexts.Message : 0) | (stackCut ? CutTexts.Stack : 0),
        };
    }

    private static string? ReasonOf(JobEvent e, JobFacts? facts, AttemptOutcome outcome) => outcome switch
    {
        // The reason of every retry is the failure itself.
        AttemptOutcome.Retrying => null,
        _ when string.IsNullOrEmpty(facts?.Reason) => e.Text("reason"),
        _ => facts.Reason,
    };

    private static int AttemptOf(JobEvent e, JobFacts? facts) => e.Number("attempt") is { } told ? (int)Math.Clamp(told, 0, int.MaxValue) : facts?.Attempt ?? 0;

    private static int SequenceOf(string position)
    {
        var dash = position.IndexOf('-', StringComparison.Ordinal);
        return int.TryParse(position.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;
    }
}
