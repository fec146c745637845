using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Lets planned occurrences go that have waited for others. Belongs into the fire loop's turn.</summary>
internal static class Waits
{
    private const string Replaced = "A later one took its place before its turn came.";

    /// <summary>Has made what waits for nothing any more.</summary>
    /// <returns>Occurrences that are not run after all, for the ledger.</returns>
    public static IReadOnlyList<EnqueuedRow> Release(RunnerTerm term, RunnerEntry entry, DateTimeOffset now)
    {
        if (entry is not { Waiting: { Count: > 0 } waiting, Plan: { } plan } || entry.Pause?.Holds(now) == true)
            return [];
        if (plan.Overlap == OverlapPolicy.AllowAll)
        {
            while (waiting.TryDequeue(out var free))
                Make(term, entry, plan, free);
            return [];
        }
        if (entry.Unfinished is { Count: > 0 })
            return [];
        var dropped = new List<EnqueuedRow>();
        while (plan.Overlap == OverlapPolicy.CancelOther && waiting.Count > 1)
            dropped.Add(new EnqueuedRow(waiting.Dequeue().Identity, OccurrenceState.Skipped, null, Replaced, IsOpen: false));
        Make(term, entry, plan, waiting.Dequeue());
        return dropped;
    }

    /// <summary>Jobs that stand in the way of what waits, where the policy is to cancel them.</summary>
    public static IReadOnlyList<OccurrenceId> InTheWay(RunnerEntry entry) =>
        entry is { Plan.Overlap: OverlapPolicy.CancelOther, Waiting.Count: > 0, Unfinished: { Count: > 0 } unfinished } ? [.. unfinished] : [];

    // What makes up for an outage takes its time; what had to wait for a job has waited enough.
    private static void Make(RunnerTerm term, RunnerEntry entry, RunnerPlan plan, Occurrence occurrence)
    {
        entry.Begin(occurrence.Identity);
        term.Jobs.Post(new RunnerJob(occurrence, plan, CatchUpRule.WasOverdue(plan, occurrence)));
    }
}
