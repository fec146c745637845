using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// Decides what becomes of the moments that are due: run, late, missed, paused, skipped or buffered. Pure, and bounded: after an
/// outage of any length it looks at <see cref="DueMoments.Counted"/> moments and writes <see cref="MostRows"/> rows about missed ones.
/// </summary>
public static class FirePolicy
{
    /// <summary>Most rows for moments that are not run; of more, the oldest row stands for the rest.</summary>
    public const int MostRows = 1_000;

    /// <param name="entry">Schedule that has something due; it is not changed.</param>
    /// <param name="now">Wall clock.</param>
    /// <param name="most">Most rows for moments that are not run, where many schedules are behind at once.</param>
    public static FireDecision Decide(RunnerEntry entry, DateTimeOffset now, int most = MostRows)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var plan = entry.Plan ?? throw new InvalidOperationException($"Schedule {entry.Id} has no plan: {entry.Fault}");
        var kept = plan.CatchUp.Mode == CatchUpMode.All ? Math.Max(plan.CatchUp.Limit, DueMoments.Kept) : DueMoments.Kept;
        var due = DueMoments.Of(entry, now, kept);
        var firing = new Firing(entry, plan, now);
        if (due.Oldest is { } oldest)
            firing.LeaveOut(oldest, due.Older, due.IsMore, due.OlderUntil);
        var caughtUp = CatchUpRule.Choose(plan, entry.Pause, due.Newest, now);
        foreach (var moment in due.Newest)
        {
            if (!firing.HasRunsLeft)
                break;
            firing.Take(moment, caughtUp);
        }
        return firing.Decide(due.Next, Math.Max(1, most));
    }
}
