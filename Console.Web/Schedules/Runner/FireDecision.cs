using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>What is to be written about a schedule that has something due, and where it stands afterwards.</summary>
public sealed record FireDecision
{
    /// <summary>
    /// New rows of the ledger with state, cause, deadline and <see cref="Occurrence.IsOpen"/> set. A job is made at once of those
    /// that are <see cref="OccurrenceState.Pending"/>; those that are <see cref="OccurrenceState.Buffered"/> and open wait.
    /// </summary>
    public IReadOnlyList<Occurrence> Occurrences { get; init; } = [];

    /// <summary>The next moment; null: the schedule has ended.</summary>
    public RunnerMoment? Next { get; init; }

    /// <summary>Planned runs, with these.</summary>
    public long Runs { get; init; }

    /// <summary>The pending ones make up for an outage, and may take their time: at most a hundred of all schedules in a second.</summary>
    public bool IsPaced { get; init; }
}
