using OpsConsole.Data.Figures.Targets;

namespace OpsConsole.Web.Kpis;

/// <summary>A target and how it stands.</summary>
/// <param name="ShareBefore">What was reached in the whole period before; null when there was nothing.</param>
public sealed record TargetRow(Target Target, ErrorBudget Budget, double? ShareBefore)
{
    /// <summary>Whether it promises that whatever is to be done gets done.</summary>
    public bool IsForAllWork => Target is { Kind: TargetKind.AllJobs, Measure: TargetMeasure.Succeeded };
}
