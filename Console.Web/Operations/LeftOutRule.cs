using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Operations.Runner;

namespace OpsConsole.Web.Operations;

/// <summary>Which jobs an operation leaves out, as far as a look at them tells; the scripts decide by themselves.</summary>
internal static class LeftOutRule
{
    /// <summary>Why it is left out, or null.</summary>
    public static BulkItemState? Of(JobStanding standing, DateTimeOffset madeAt) => standing switch
    {
        { Exists: false } => BulkItemState.Missing,
        { IsFailed: false } => OperationWindow.MovedOn(standing.State),
        { Since: { } since } when since > madeAt => BulkItemState.FailedSince,
        _ => null,
    };
}
