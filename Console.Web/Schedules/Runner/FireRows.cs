using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>What is written about a schedule: new occurrences, and where it then stands.</summary>
internal static class FireRows
{
    /// <summary>Only where it stands; of one that cannot be run, an occurrence that says so on all pages.</summary>
    public static FireRow Of(RunnerEntry entry) => entry.Plan is null ? Broken(entry, entry.Stored!) : new([], Cursor(entry, entry.Next, entry.Runs, entry.LastNominalAt, entry.LastState));

    public static FireRow Of(RunnerEntry entry, FireDecision decision)
    {
        var newest = decision.Occurrences.MaxBy(occurrence => occurrence.NominalAt);
        return newest is null || entry.LastNominalAt >= newest.NominalAt
            ? new(decision.Occurrences, Cursor(entry, decision.Next, decision.Runs, entry.LastNominalAt, entry.LastState))
            : new(decision.Occurrences, Cursor(entry, decision.Next, decision.Runs, newest.NominalAt, newest.State));
    }

    // Found again at every start, hence under a moment that stays the same. The cursor stays too: nobody fires it, which is seen as well.
    private static FireRow Broken(RunnerEntry entry, ScheduleCursor stored) => new([new Occurrence
    {
        ScheduleId = entry.Id,
        NominalAt = stored.NextNominalAt ?? entry.UpdatedAt,
        DueAt = stored.NextDueAt ?? entry.UpdatedAt,
        Kind = OccurrenceKind.Planned,
        State = OccurrenceState.FailedToEnqueue,
        Version = entry.Version,
        RecordedAt = entry.UpdatedAt,
        Cause = $"The schedule cannot be run. {entry.Fault}",
    }], stored);

    private static ScheduleCursor Cursor(RunnerEntry entry, RunnerMoment? next, long runs, DateTimeOffset? lastNominalAt, OccurrenceState? lastState) => new()
    {
        ScheduleId = entry.Id,
        Version = entry.Version,
        NextNominalAt = next?.NominalAt,
        NextDueAt = next?.DueAt,
        GraceSeconds = entry.Plan!.GraceSeconds,
        Runs = runs,
        LastNominalAt = lastNominalAt,
        LastState = lastState,
    };
}
