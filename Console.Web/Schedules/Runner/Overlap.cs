using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>What an occurrence does while earlier ones are unfinished or wait.</summary>
internal sealed class Overlap
{
    private readonly OverlapPolicy _policy;
    private readonly int _bufferLimit;
    private readonly List<OccurrenceId> _cancel = [];
    private readonly IReadOnlyList<OccurrenceId> _before;
    private OccurrenceId? _unfinished;
    private int _waiting;

    public Overlap(RunnerPlan plan, IReadOnlyList<OccurrenceId>? unfinished, IReadOnlyCollection<Occurrence>? waiting)
    {
        _policy = plan.Overlap;
        _bufferLimit = plan.BufferLimit;
        _before = unfinished ?? [];
        _unfinished = _before.Count > 0 ? _before[0] : null;
        _waiting = waiting?.Count ?? 0;
    }

    /// <summary>Jobs that are to be cancelled.</summary>
    public IReadOnlyList<OccurrenceId> Cancel => _cancel;

    private bool IsFree => _unfinished is null && _waiting == 0;

    /// <summary>By the schedule's policy.</summary>
    public (OccurrenceState State, string? Cause) Take() => _policy switch
    {
        OverlapPolicy.AllowAll => (OccurrenceState.Pending, null),
        _ when IsFree => (OccurrenceState.Pending, null),
        OverlapPolicy.Skip => (OccurrenceState.Skipped, FireWords.SkippedFor(_unfinished)),
        OverlapPolicy.BufferOne when _waiting >= 1 => (OccurrenceState.Skipped, FireWords.SkippedOverWaiting(_waiting)),
        OverlapPolicy.BufferAll when _waiting >= _bufferLimit => (OccurrenceState.Skipped, FireWords.SkippedOverWaiting(_waiting)),
        OverlapPolicy.CancelOther => TakeAndCancel(),
        _ => (OccurrenceState.Buffered, FireWords.Waits(_unfinished)),
    };

    /// <summary>All of several are to run: where they may not overlap, one after the other.</summary>
    public (OccurrenceState State, string? Cause) TakeOneOfAll() => _policy switch
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
            _unfinished ??= new OccurrenceId(row.ScheduleId, row.NominalAt, row.Origin);
    }

    // The newest alone goes on when the cancelled one has ended; the ledger settles those that waited before it.
    private (OccurrenceState State, string? Cause) TakeAndCancel()
    {
        var cause = FireWords.Cancels(_unfinished);
        if (_cancel.Count == 0)
            _cancel.AddRange(_before);
        return (OccurrenceState.Buffered, cause);
    }
}
