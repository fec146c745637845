using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Something that works beside the fire loop for as long as this process holds the lease: outcomes, deadlines, backfills, retention.</summary>
public interface IRunnerPart
{
    /// <summary>Runs until the term ends. A part that throws is logged, and started again after a pause.</summary>
    Task RunAsync(RunnerTerm term, CancellationToken cancel);

    /// <summary>Called in the loop's turn, after occurrences have been asked for by hand (manual runs or a backfill) for this schedule.</summary>
    void OnRequested(RunnerTerm term, Guid schedule)
    {
    }

    /// <summary>Called, anywhere, after it has been written what became of occurrences on their way to the queue. Must not wait.</summary>
    void OnMarked(RunnerTerm term, IReadOnlyList<EnqueuedRow> rows)
    {
    }
}

/// <summary>Takes jobs to be made. Never waits: the fire loop slows down when too many are under way.</summary>
public interface IRunnerJobs
{
    void Post(RunnerJob job);

    /// <summary>Whether this occurrence is on its way already.</summary>
    bool IsUnderWay(OccurrenceId id);
}
