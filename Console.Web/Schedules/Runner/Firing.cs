using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>The making of one decision: takes the due moments in their order.</summary>
internal sealed class Firing(RunnerEntry entry, RunnerPlan plan, DateTimeOffset now)
{
    private readonly List<Occurrence> _run = [];
    private readonly LeftOut _leftOut = new();
    private readonly Overlap _overlap = new(plan, entry.Unfinished, entry.Waiting);
    private DateTimeOffset? _last = entry.LastNominalAt;
    private long _runs = entry.Runs;
    private bool _isPaced;

    public bool HasRunsLeft => plan.MaxRuns is not { } most || _runs < most;

    /// <summary>Records moments that nobody looked at one by one.</summary>
    public void LeaveOut(RunnerMoment first, long count, bool isMore, DateTimeOffset until)
    {
        var isPaused = entry.Pause is { } pause && pause.Holds(first.DueAt) && pause.Holds(until);
        var row = isPaused ? Row(first, OccurrenceState.Paused, FireWords.Paused(entry.Pause!.By)) : Row(first, OccurrenceState.Missed, Missed(first));
        _leftOut.AddMany(row, count, isMore, until);
    }

    public void Take(RunnerMoment moment, DateTimeOffset? caughtUp)
    {
        var isOverdue = CatchUpRule.IsOverdue(plan, moment, now);
        if (entry.Pause is { } pause && pause.Holds(moment.DueAt))
            Pause(moment, pause);
        else if (isOverdue && !(moment.NominalAt >= caughtUp))
            _leftOut.Add(Row(moment, OccurrenceState.Missed, Missed(moment)));
        else
            Run(moment, isOverdue);
        _last = moment.NominalAt;
    }

    public FireDecision Decide(RunnerMoment? next, int most) => new()
    {
        Occurrences = [.. _leftOut.Rows(most).Concat(_run).OrderBy(row => row.NominalAt)],
        Next = HasRunsLeft ? next : null,
        Runs = _runs,
        IsPaced = _isPaced,
    };

    // A schedule that is paused for months and runs every second would otherwise fill the ledger with it.
    private void Pause(RunnerMoment moment, RunnerPause pause)
    {
        var isSameMinute = _last is { } last && last >= pause.At && Minute(last) == Minute(moment.NominalAt);
        if (isSameMinute)
            return;
        var stands = entry.After(moment.NominalAt) is { } next && Minute(next.NominalAt) == Minute(moment.NominalAt);
        _leftOut.Add(Row(moment, OccurrenceState.Paused, FireWords.Paused(pause.By), stands ? FireWords.WholeMinute : null));
    }

    private void Run(RunnerMoment moment, bool isOverdue)
    {
        var (state, cause) = isOverdue && plan.CatchUp.Mode == CatchUpMode.All ? _overlap.TakeOneOfAll() : _overlap.Take();
        var row = Row(moment, state, isOverdue ? FireWords.Overdue(now - moment.DueAt) + " " + FireWords.CaughtUp : null, cause);
        _run.Add(row);
        if (!row.IsOpen)
            return;
        _overlap.Started(row);
        _runs++;
        _isPaced |= isOverdue && plan.CatchUp.Mode == CatchUpMode.All && state == OccurrenceState.Pending && plan.Overlap == OverlapPolicy.AllowAll;
    }

    private string Missed(RunnerMoment moment) =>
        FireWords.Overdue(now - moment.DueAt) + " " + FireWords.NotCaughtUp(plan.CatchUp, now - moment.DueAt, entry.Pause?.Holds(now) == true, plan.Overlap == OverlapPolicy.CancelOther);

    private Occurrence Row(RunnerMoment moment, OccurrenceState state, params string?[] causes)
    {
        var isOpen = state is OccurrenceState.Pending or OccurrenceState.Buffered;
        return new Occurrence
        {
            ScheduleId = entry.Id,
            NominalAt = moment.NominalAt,
            Kind = OccurrenceKind.Planned,
            State = state,
            DueAt = moment.DueAt,
            Version = entry.Version,
            RecordedAt = now,
            Cause = FireWords.Join([moment.Note, .. causes]),
            ExpirySeconds = isOpen ? plan.ExpirySeconds : null,
            DeadlineAt = isOpen && plan.Deadline is { } deadline ? Deadlines.Of(moment.NominalAt, deadline, plan.TimeZone) : null,
            IsOpen = isOpen,
        };
    }

    private static long Minute(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;
}
