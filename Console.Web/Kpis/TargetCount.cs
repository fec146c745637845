using OpsConsole.Data.Figures;
using OpsConsole.Data.Figures.OnTime;
using OpsConsole.Data.Figures.Targets;

namespace OpsConsole.Web.Kpis;

/// <summary>What was counted in one stretch of time, for whatever targets there are.</summary>
public sealed record KpiStretch(
    FigureTotals All, IReadOnlyDictionary<string, FigureTotals> ByType, OnTimeTally AllSchedules, IReadOnlyDictionary<Guid, OnTimeTally> BySchedule);

/// <summary>What keeps a target and what breaks it.</summary>
public static class TargetCount
{
    public static GoodBad Of(Target target, KpiStretch stretch) => target.Kind switch
    {
        TargetKind.AllJobs => Of(target, stretch.All),
        TargetKind.JobType => stretch.ByType.TryGetValue(target.JobType, out var type) ? Of(target, type) : default,
        TargetKind.Schedule => Of(target, stretch.BySchedule.GetValueOrDefault(target.ScheduleId)),
        _ => Of(target, stretch.AllSchedules),
    };

    private static GoodBad Of(Target target, FigureTotals figures)
    {
        if (target.Measure == TargetMeasure.Succeeded)
            return new GoodBad(figures.Succeeded, figures.FailedForGood);
        var good = (long)Math.Round(figures.Waits.CountUnder(target.LimitMs ?? 0));
        return new GoodBad(good, figures.Waits.Count - good);
    }

    private static GoodBad Of(Target target, OnTimeTally tally) => target.Measure == TargetMeasure.OnTime
        ? new GoodBad(tally.OnTime, tally.NotOnTime) : new GoodBad(tally.DeadlinesMet, tally.DeadlinesMissed);
}
