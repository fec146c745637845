using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// What becomes of the moments of a past range. They are all due at once, when the backfill is asked for, so its overlap policy decides
/// everything beforehand. Whatever else the schedule does meanwhile neither waits for them nor holds them up.
/// </summary>
public static class BackfillPlan
{
    /// <summary>How many jobs so many moments make.</summary>
    public static int Runs(OverlapPolicy overlap, int moments) => overlap switch
    {
        OverlapPolicy.Skip or OverlapPolicy.CancelOther => Math.Min(1, moments),
        OverlapPolicy.BufferOne => Math.Min(2, moments),
        _ => moments,
    };

    /// <summary>The rows of the ledger: pending ones are enqueued, buffered ones each wait for the one before.</summary>
    /// <param name="version">Version of the schedule's definition.</param>
    /// <param name="backfill">The request.</param>
    /// <param name="moments">Nominal moments in their order.</param>
    public static IReadOnlyList<Occurrence> Rows(int version, ScheduleBackfill backfill, IReadOnlyList<DateTimeOffset> moments)
    {
        ArgumentNullException.ThrowIfNull(backfill);
        var rows = new List<Occurrence>(moments.Count);
        for (var place = 0; place < moments.Count; place++)
        {
            var (state, cause) = StateOf(backfill.Overlap, place, moments.Count);
            rows.Add(new Occurrence
            {
                ScheduleId = backfill.ScheduleId,
                NominalAt = moments[place],
                Origin = backfill.Id,
                Kind = OccurrenceKind.Backfill,
                State = state,
                DueAt = backfill.RequestedAt,
                Version = version,
                RecordedAt = backfill.RequestedAt,
                Cause = cause,
                IsOpen = state != OccurrenceState.Skipped,
                RequestedBy = backfill.RequestedBy,
            });
        }
        return rows;
    }

    private static (OccurrenceState State, string? Cause) StateOf(OverlapPolicy overlap, int place, int count) => overlap switch
    {
        OverlapPolicy.AllowAll => (OccurrenceState.Pending, null),
        OverlapPolicy.CancelOther => place == count - 1 ? (OccurrenceState.Pending, null) : (OccurrenceState.Skipped, "A later moment of the backfill took its place."),
        _ when place == 0 => (OccurrenceState.Pending, null),
        OverlapPolicy.BufferAll => (OccurrenceState.Buffered, "Waited for the one before it."),
        OverlapPolicy.BufferOne when place == 1 => (OccurrenceState.Buffered, "Waited for the one before it."),
        _ => (OccurrenceState.Skipped, "An earlier moment of the backfill had not ended."),
    };
}
