using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Chooses which of the overdue moments are run after all.</summary>
internal static class CatchUpRule
{
    /// <summary>The first moment that is caught up; those between it and the first that is in time are caught up as well. Null: none is.</summary>
    public static DateTimeOffset? Choose(RunnerPlan plan, RunnerPause? pause, IReadOnlyCollection<RunnerMoment> due, DateTimeOffset now)
    {
        if (plan.CatchUp.Mode == CatchUpMode.Skip || pause?.Holds(now) == true)
            return null;
        var window = TimeSpan.FromSeconds(plan.CatchUp.WindowSeconds);
        var young = due.Where(moment => IsOverdue(plan, moment, now) && now - moment.DueAt <= window && pause?.Holds(moment.DueAt) != true).ToList();
        var limit = plan.CatchUp.Mode == CatchUpMode.Latest || plan.Overlap == OverlapPolicy.CancelOther ? 1 : plan.CatchUp.Limit;
        return young.Count == 0 ? null : young[Math.Max(0, young.Count - limit)].NominalAt;
    }

    public static bool IsOverdue(RunnerPlan plan, RunnerMoment moment, DateTimeOffset now) => now - moment.DueAt > TimeSpan.FromSeconds(plan.GraceSeconds);

    /// <summary>Whether it was overdue when it came into the ledger.</summary>
    public static bool WasOverdue(RunnerPlan plan, Occurrence occurrence) => occurrence.RecordedAt - occurrence.DueAt > TimeSpan.FromSeconds(plan.GraceSeconds);
}
