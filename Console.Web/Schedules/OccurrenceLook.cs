namespace OpsConsole.Web.Schedules;

/// <summary>Shape, word and colour of a fate: the same three wherever occurrences are shown.</summary>
/// <param name="Word">"Succeeded".</param>
/// <param name="Tone">The part after <c>state-</c> of a class.</param>
/// <param name="Glyph">The part after <c>g-</c> of a symbol.</param>
/// <param name="Meaning">One sentence, for a hover.</param>
public sealed record OccurrenceLook(string Word, string Tone, string Glyph, string Meaning)
{
    private static readonly Dictionary<OccurrenceFate, OccurrenceLook> s_all = new()
    {
        [OccurrenceFate.Pending] = new("Due", "waiting", "scheduled", "Its job is about to be in the queue."),
        [OccurrenceFate.Buffered] = new("Waiting", "waiting", "awaiting", "It waits for the job of an earlier occurrence to end."),
        [OccurrenceFate.Queued] = new("In the queue", "waiting", "enqueued", "Its job waits for a free slot."),
        [OccurrenceFate.Running] = new("Running", "processing", "processing", "Its job has started."),
        [OccurrenceFate.Succeeded] = new("Succeeded", "succeeded", "succeeded", "On time, on the first attempt."),
        [OccurrenceFate.Retried] = new("Second try", "retrying", "retrying", "Its job succeeded, but not on the first attempt."),
        [OccurrenceFate.Late] = new("Late", "retrying", "scheduled", "Its job succeeded, but was in the queue later than the grace allows."),
        [OccurrenceFate.Overran] = new("Past deadline", "failed", "risk", "Its job was not over by the deadline."),
        [OccurrenceFate.Failed] = new("Failed", "failed", "failed", "Its job failed for good."),
        [OccurrenceFate.Deleted] = new("Cancelled", "deleted", "deleted", "Its job was deleted or cancelled."),
        [OccurrenceFate.Expired] = new("Expired", "retrying", "deleted", "Its job was deleted because it had not started in time."),
        [OccurrenceFate.Unknown] = new("Unknown", "waiting", "unknown", "Its job is not in Redis any more, and nothing says how it ended."),
        [OccurrenceFate.Skipped] = new("Skipped", "waiting", "skipped", "An earlier job of the schedule was unfinished."),
        [OccurrenceFate.Paused] = new("Paused", "retrying", "paused", "The schedule was paused."),
        [OccurrenceFate.Missed] = new("Missed", "failed", "missed", "It was overdue by more than the grace, and did not run."),
        [OccurrenceFate.NoJob] = new("No job", "failed", "lost", "No job could be made of it."),
    };

    public static OccurrenceLook Of(OccurrenceFate fate) => s_all[fate];
}
