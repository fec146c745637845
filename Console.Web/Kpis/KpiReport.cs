using OpsConsole.Data.Figures;
using OpsConsole.Data.Figures.Labels;
using OpsConsole.Data.Figures.OnTime;

namespace OpsConsole.Web.Kpis;

/// <summary>Everything that a report says, counted at one moment. No ids of jobs, no arguments, no messages.</summary>
public sealed record KpiReport
{
    public required KpiRange Range { get; init; }

    public required KpiTotals Now { get; init; }

    /// <summary>As far into the period before; what counts are compared with.</summary>
    public required KpiTotals Before { get; init; }

    /// <summary>The whole period before; what shares are compared with.</summary>
    public required KpiTotals WholeBefore { get; init; }

    /// <summary>One for each day of the period that has begun.</summary>
    public required IReadOnlyList<KpiDay> Days { get; init; }

    public required IReadOnlyList<KpiDay> DaysBefore { get; init; }

    /// <summary>When planned runs were not on time.</summary>
    public required LateWeek Late { get; init; }

    public required IReadOnlyList<TargetRow> Targets { get; init; }

    /// <summary>Schedules of which anything was not on time, the worst first.</summary>
    public required IReadOnlyList<ScheduleOnTime> Schedules { get; init; }

    public required LabelVolumes Owners { get; init; }

    public required LabelVolumes Tags { get; init; }

    /// <summary>True when events of this time were lost before they were counted.</summary>
    public required bool HasGap { get; init; }

    public bool IsEmpty => Now.Figures.IsEmpty && Now.OnTime.Planned == 0;

    /// <summary>The target that stands at the top: that of all jobs, else the one that stands worst.</summary>
    public TargetRow? Lead => Targets.FirstOrDefault(row => row.IsForAllWork) ?? (Targets.Count == 0 ? null : Targets.MaxBy(row => row.Budget.Standing));
}

/// <summary>Sums over a range.</summary>
public sealed record KpiTotals(FigureTotals Figures, LabelTally Volume, OnTimeTally OnTime);

/// <summary>One day.</summary>
public sealed record KpiDay(DateOnly Day, FigureTotals Figures, OnTimeTally OnTime);
