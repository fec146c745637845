using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>A stored schedule, read and ready to be put in force.</summary>
/// <param name="Row">As it is stored.</param>
/// <param name="Plan">Null when it cannot be run; <paramref name="Fault"/> says why.</param>
/// <param name="Fault">Null when it can be run.</param>
/// <param name="Planned">The moments of the version that the stored cursor was computed from, when that is an older one.</param>
/// <param name="IsForced">The same version may mean other moments now, because a calendar changed.</param>
internal sealed record EntryChange(RunnerRow Row, RunnerPlan? Plan, string? Fault, IMoments? Planned, bool IsForced)
{
    /// <summary>Changes the set; belongs into the fire loop's turn.</summary>
    /// <returns>The entry when its next moment, or that it cannot be run, has to be written; else null.</returns>
    public RunnerEntry? Apply(RunnerSet set, DateTimeOffset now)
    {
        if (Row.IsDeleted)
        {
            set.Remove(Row.Id);
            return null;
        }
        var isKnown = set.TryGet(Row.Id, out var known);
        if (isKnown && Row.UpdatedAt <= known!.UpdatedAt && !IsForced)
            return null;
        var entry = known ?? Fresh();
        var isChanged = isKnown ? ApplyEdit(entry, now) : ApplyLoad(entry, now);
        entry.Version = Row.Version;
        entry.UpdatedAt = Row.UpdatedAt;
        entry.Pause = Row.PausedAt is { } at ? new RunnerPause(at, Row.PausedBy ?? "", Row.PausedUntil) : null;
        set.Put(entry);
        return isChanged ? entry : null;
    }

    private RunnerEntry Fresh() => new(Row.Id)
    {
        Runs = Row.Cursor.Runs,
        FailuresInRow = Row.Cursor.FailuresInRow,
        LastNominalAt = Row.Cursor.LastNominalAt,
        LastState = Row.Cursor.LastState,
        Next = Row.Cursor is { NextNominalAt: { } nominal, NextDueAt: { } due } ? new RunnerMoment(nominal, due) : null,
    };

    private bool ApplyLoad(RunnerEntry entry, DateTimeOffset now)
    {
        if (Plan is null)
            return Break(entry);
        if (Row.Cursor.Version == Row.Version)
        {
            entry.Plan = Plan;
            return EntryUpdate.Recompute(entry, now);
        }
        // Nobody ran the schedules since it was made: what its first version promised is still owed.
        if (Row.Cursor.Version == 0 && Planned is not null)
            entry.Next = Planned.Next(entry.Id, Row.CreatedAt);
        EntryUpdate.Replace(entry, Plan, Planned, Earlier(DefinedAt(now), now));
        return true;
    }

    private bool ApplyEdit(RunnerEntry entry, DateTimeOffset now)
    {
        if (Plan is null)
            return Break(entry);
        if (entry.Version == Row.Version && entry.Plan is not null && !IsForced)
            return false;
        EntryUpdate.Replace(entry, Plan, entry.Plan?.Moments, IsForced ? now : Earlier(DefinedAt(now), now));
        return true;
    }

    private bool Break(RunnerEntry entry)
    {
        entry.Plan = null;
        entry.Fault = Fault;
        entry.Stored = Row.Cursor;
        return true;
    }

    private DateTimeOffset DefinedAt(DateTimeOffset now) => Row.DefinedAt ?? (Row.Version == 1 ? Row.CreatedAt : now);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
