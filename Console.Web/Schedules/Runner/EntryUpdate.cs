namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Gives an entry a new plan without losing a moment that is owed and without owing one that was never promised. Pure.</summary>
public static class EntryUpdate
{
    /// <summary>
    /// Puts a plan in force. What was due by then is still owed as it was planned; from then on the new plan holds. A moment that waits
    /// for its jitter stays when the new plan has it too.
    /// </summary>
    /// <param name="entry">The schedule, with where it stood.</param>
    /// <param name="plan">The new plan.</param>
    /// <param name="before">The moments of the plan before; null when it is not known.</param>
    /// <param name="from">Since when the new plan is in force, not in the future.</param>
    public static void Replace(RunnerEntry entry, RunnerPlan plan, IMoments? before, DateTimeOffset from)
    {
        entry.Plan = plan;
        entry.Fault = null;
        if (entry.LastNominalAt > from)
            from = entry.LastNominalAt.Value;
        entry.InForceFrom = from;
        entry.Before = before;
        entry.Next = HasEnded(entry) ? null : NextOf(entry, from);
        if (entry.Next is not { } next || next.NominalAt > from)
            entry.Before = null;
    }

    /// <summary>
    /// Brings the next moment to what the plan says today, after the plan was out of sight: calendars and the rules of time zones may
    /// have changed. A moment that is due already stays.
    /// </summary>
    /// <returns>Whether the next moment is another one now.</returns>
    public static bool Recompute(RunnerEntry entry, DateTimeOffset now)
    {
        if (entry.Plan is null || entry.Next?.DueAt <= now)
            return false;
        var from = now;
        if (entry.Next is { } waiting && waiting.NominalAt <= now)
            from = JustBefore(waiting.NominalAt);
        if (entry.LastNominalAt > from)
            from = entry.LastNominalAt.Value;
        var next = HasEnded(entry) ? null : entry.Plan.Moments.Next(entry.Id, from);
        if (next?.NominalAt == entry.Next?.NominalAt && next?.DueAt == entry.Next?.DueAt)
            return false;
        entry.Next = next;
        return true;
    }

    private static RunnerMoment? NextOf(RunnerEntry entry, DateTimeOffset from)
    {
        if (entry.Next is not { } was || was.NominalAt > from)
            return entry.Plan!.Moments.Next(entry.Id, from);
        if (was.DueAt <= from)
            return was;
        return entry.Plan!.Moments.Next(entry.Id, JustBefore(was.NominalAt)) is { } same && same.NominalAt == was.NominalAt ? same : entry.Plan.Moments.Next(entry.Id, from);
    }

    private static bool HasEnded(RunnerEntry entry) => entry.Plan!.MaxRuns <= entry.Runs;

    private static DateTimeOffset JustBefore(DateTimeOffset moment) => moment.AddTicks(-1);
}
