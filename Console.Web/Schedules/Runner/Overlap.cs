using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>What an occurrence does while earlier ones are unfinished or wait.</summary>
internal sealed class Overlap(RunnerPlan plan, IReadOnlyList<OccurrenceId>? unfinished, IReadOnlyCollection<Occurrence>? waiting)
{
    private OccurrenceId? _unfinished = unfinished is { Count: > 0 } ? unfinished[0] : null;
    private int _waiting = waiting?.Count ?? 0;

    private bool IsFree => _unfinished is null && _waiting == 0;

    /// <summary>By the schedule's policy.</summary>
    public (OccurrenceState State, string? Cause) Take() => plan.Overlap switch
    {
        OverlapPolicy.AllowAll => (OccurrenceState.Pending, null),
        _ when IsFree => (OccurrenceState.Pending, null),
        OverlapPolicy.Skip => (OccurrenceState.Skipped, FireWords.SkippedFor(_unfinished)),
        OverlapPolicy.BufferOne when _waiting >= 1 => (OccurrenceState.Skipped, FireWords.SkippedOverWaiting(_waiting)),
        OverlapPolicy.BufferAll when _waiting >= plan.BufferLimit => (OccurrenceState.Skipped, FireWords.SkippedOverWaiting(_waiting)),
        OverlapPolicy.CancelOther => (OccurrenceState.Buffered, FireWords.Cancels(_unfinished)),
        _ => (OccurrenceState.Buffered, FireWords.Waits(_unfinished)),
    };

    /// <summary>All of several are to run: where they may not overlap, one after the other.</summary>
    public (OccurrenceState State, string? Cause) TakeOneOfAll() => plan.Overlap switch
    {
        OverlapPolicy.CancelOther => Take(),
        OverlapPolicy.AllowAll => (OccurrenceState.Pending, null),
        _ when IsFree => (OccurrenceState.Pending, null),
        _ => (OccurrenceState.Buffered, FireWords.Waits(_unfinished)),
    };

    public void Started(Occurrence row)
    {
        if (row.State == OccurrenceState.Buffered)
            _waiting++;
        else
            _unfinished ??= row.Identity;
    }
}
