using System.Globalization;
using OpsConsole.Data.Figures.Targets;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Kpis;

/// <summary>Targets in words.</summary>
public static class TargetWords
{
    public static string Subject(Target target) => target.Kind switch
    {
        TargetKind.AllJobs => "All jobs",
        TargetKind.JobType => SafeText.Inline(target.JobType, 80),
        TargetKind.AllSchedules => "All schedules",
        _ => target.ScheduleName.Length > 0 ? SafeText.Inline(target.ScheduleName, 80) : "A schedule that is deleted",
    };

    /// <summary>What is promised of it.</summary>
    public static string Promise(Target target) => target.Measure switch
    {
        TargetMeasure.Succeeded => "done in the end",
        TargetMeasure.StartedInTime => "started within " + TimeText.Measured(TimeSpan.FromMilliseconds(target.LimitMs ?? 0)),
        TargetMeasure.OnTime => "on time",
        _ => "deadline met",
    };

    /// <summary>Who has set it: the first time, or anew.</summary>
    public static string SetBy(Target target) => $"{(target.Version > 1 ? "changed" : "set")} by {(target.UpdatedBy.Length > 0 ? SafeText.Inline(target.UpdatedBy, 60) : "somebody")}";

    /// <summary>What breaks the promise, for counts.</summary>
    public static string Broken(TargetMeasure measure, long count) => measure switch
    {
        TargetMeasure.Succeeded => count == 1 ? "failed job" : "failed jobs",
        TargetMeasure.StartedInTime => count == 1 ? "late start" : "late starts",
        TargetMeasure.OnTime => count == 1 ? "late or missed run" : "late or missed runs",
        _ => count == 1 ? "missed deadline" : "missed deadlines",
    };

    /// <summary>Tone, glyph and word of a standing.</summary>
    public static (string Tone, string Glyph, string Word) Look(TargetStanding standing, bool isOver) => standing switch
    {
        TargetStanding.OnTarget => ("succeeded", "succeeded", isOver ? "Kept" : "On target"),
        TargetStanding.AtRisk => ("retrying", "risk", "At risk"),
        TargetStanding.BelowTarget => ("failed", "failed", isOver ? "Not kept" : "Below target"),
        _ => ("waiting", "unknown", "Nothing measured"),
    };

    /// <summary>"2.1×": 1 is the pace at which the budget lasts exactly.</summary>
    public static string Pace(double? burn) => burn switch
    {
        null => "–",
        0 => "none",
        double.PositiveInfinity => "any is too much",
        < .095 => "under 0.1×",
        >= 1_000 => "over 1,000×",
        _ => burn.Value.ToString(burn < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture) + "×",
    };

    /// <summary>"51 % used", "used up".</summary>
    public static string Used(ErrorBudget budget) => budget.Used switch
    {
        null => "none allowed, none used",
        double.PositiveInfinity => "none allowed",
        > 1 => $"overdrawn, {Whole(budget.Used.Value)} % used",
        1 => "used up",
        _ => $"{Whole(budget.Used.Value)} % used",
    };

    /// <summary>"6,990 failed jobs of 13,800 allowed", "14 failed jobs, 2 allowed".</summary>
    public static string Spent(Target target, ErrorBudget budget) =>
        $"{NumberText.Count(budget.Bad)} {Broken(target.Measure, budget.Bad)}{(budget.Bad <= budget.Allowed ? " of " : ", ")}{Allowed(budget.Allowed)} allowed";

    /// <summary>How long the rest lasts, as a sentence without its full stop; null when that says nothing.</summary>
    public static string? Lasting(ErrorBudget budget, KpiRange range)
    {
        if (range.IsOver || budget.Standing == TargetStanding.NoData)
            return null;
        if (budget.Left <= 0)
            return budget.Bad == 0 ? null : "nothing is left of it";
        return budget.Lasts switch
        {
            null => "none of it was used in the last 6 hours",
            { } lasts when range.Now + lasts >= range.End || IsSustained(budget) => $"at the pace of the last 6 hours it lasts beyond the end of {range.Period.Name}",
            { } lasts => $"at the pace of the last 6 hours the rest lasts {KpiText.About(lasts)}",
        };
    }

    // Who has used no more than has passed, and uses no more than comes in, has budget to the end, however many jobs there are by then.
    private static bool IsSustained(ErrorBudget budget) => budget.BurnOfSixHours <= 1 && budget.Used <= budget.Elapsed;

    /// <summary>Of a number that is an estimate while the period lasts: no decimals, and no more digits than it deserves.</summary>
    public static string Allowed(double allowed)
    {
        if (allowed < 10)
            return allowed.ToString(allowed < 1 && allowed > 0 ? "0.0" : "0", CultureInfo.InvariantCulture);
        var step = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(allowed)) - 2));
        return NumberText.Count((long)(Math.Round(allowed / step) * step));
    }

    private static string Whole(double share) => NumberText.Count((long)Math.Min(Math.Round(share * 100), 999_999));
}
