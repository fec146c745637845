using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>An occurrence that is in the ledger and whose job is to be made now.</summary>
/// <param name="Occurrence">Pending, or buffered and released.</param>
/// <param name="Plan">The definition at the time of the decision.</param>
/// <param name="IsPaced">Makes up for an outage or fills a past range: at most a hundred in a second.</param>
public sealed record RunnerJob(Occurrence Occurrence, RunnerPlan Plan, bool IsPaced = false)
{
    public OccurrenceId Id => new(Occurrence.ScheduleId, Occurrence.NominalAt, Occurrence.Origin);
}
