using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>A schedule that has failed as often as it may.</summary>
public sealed record FailedSchedule(Guid Id, string Name, int Failures, string LastJobId);

/// <summary>Counts failed jobs in a row. Only planned runs count: what operators start by hand, or for the past, says nothing about the schedule.</summary>
internal static class OutcomeCount
{
    /// <summary>Fills in the counts, in the order of the ends. Belongs into the fire loop's turn; changes nothing there.</summary>
    public static (List<SettledRow> Rows, List<FailedSchedule> Failed) Of(RunnerSet set, IEnumerable<Settlement> settled)
    {
        var counts = new Dictionary<Guid, int>();
        var rows = new List<SettledRow>();
        var failed = new List<FailedSchedule>();
        foreach (var one in settled.OrderBy(one => one.After.EndedAt))
        {
            var id = one.Before.ScheduleId;
            var entry = set.TryGet(id, out var found) ? found : null;
            var count = counts.TryGetValue(id, out var known) ? known : entry?.FailuresInRow ?? 0;
            if (one.HasEnded && one.Before.Kind == OccurrenceKind.Planned)
            {
                count = Next(count, one.After.Outcome!.Value);
                if (IsTooMany(entry, one.After.Outcome.Value, count))
                    failed.Add(new FailedSchedule(id, entry!.Plan!.Name, count, one.Before.Identity.JobId));
            }
            counts[id] = count;
            rows.Add(one.After with { FailuresInRow = count });
        }
        return (rows, failed);
    }

    private static int Next(int count, JobOutcome outcome) => outcome switch
    {
        JobOutcome.Failed => count + 1,
        JobOutcome.Succeeded => 0,
        _ => count,
    };

    // A schedule that was resumed without a success in between gets as many tries again.
    private static bool IsTooMany(RunnerEntry? entry, JobOutcome outcome, int count) =>
        outcome == JobOutcome.Failed && entry is { Pause: null, Plan.PauseAfterFailures: { } most } && count % most == 0;
}
