using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>
/// One schedule in the memory of the runner. It belongs to the fire loop: others read and change it in a turn of that loop
/// (<see cref="RunnerTerm.DoAsync"/>), and therefore without locks.
/// </summary>
public sealed class RunnerEntry(Guid id)
{
    public Guid Id { get; } = id;

    public int Version { get; set; }

    /// <summary>Null when the stored definition cannot be run; <see cref="Fault"/> then says why.</summary>
    public RunnerPlan? Plan { get; set; }

    public string? Fault { get; set; }

    /// <summary>Null while it runs.</summary>
    public RunnerPause? Pause { get; set; }

    /// <summary>The next moment; null: there is none.</summary>
    public RunnerMoment? Next { get; set; }

    /// <summary>The newest planned moment in the ledger.</summary>
    public DateTimeOffset? LastNominalAt { get; set; }

    /// <summary>What became of it, as far as it was known then.</summary>
    internal OccurrenceState? LastState { get; set; }

    /// <summary>Planned runs so far.</summary>
    public long Runs { get; set; }

    public int FailuresInRow { get; set; }

    /// <summary>Since when the plan is in force. Its moments before that are not owed to anybody.</summary>
    public DateTimeOffset InForceFrom { get; set; }

    /// <summary>What was planned until then, while moments of it may still be owed.</summary>
    public IMoments? Before { get; set; }

    /// <summary>Occurrences whose jobs are not known to have ended, the oldest first. Not kept for <see cref="OverlapPolicy.AllowAll"/>.</summary>
    public List<OccurrenceId>? Unfinished { get; set; }

    /// <summary>Occurrences that wait for those, in their order.</summary>
    public Queue<Occurrence>? Waiting { get; set; }

    /// <summary>Where a schedule that cannot be run stood when it was read.</summary>
    internal ScheduleCursor? Stored { get; set; }

    /// <summary>Of the row that this was read from.</summary>
    internal DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Where it is in the heap; -1: it is not there.</summary>
    internal int HeapPlace { get; set; } = -1;

    /// <summary>
    /// The first planned moment after this one. An edit is not retroactive: up to <see cref="InForceFrom"/> the moments are those of
    /// the plan before, from then on those of the new one.
    /// </summary>
    public RunnerMoment? After(DateTimeOffset nominal)
    {
        if (nominal < InForceFrom)
        {
            if (Before?.Next(Id, nominal) is { } owed && owed.NominalAt <= InForceFrom)
                return owed;
            nominal = InForceFrom;
        }
        return Plan?.Moments.Next(Id, nominal);
    }

    /// <summary>A job of this occurrence is on its way.</summary>
    public void Begin(OccurrenceId occurrence)
    {
        if (Plan is { Overlap: not OverlapPolicy.AllowAll } && Unfinished?.Contains(occurrence) != true)
            (Unfinished ??= []).Add(occurrence);
    }

    /// <summary>Takes over what was decided, once it is in the ledger.</summary>
    public void Advance(FireDecision decision)
    {
        Next = decision.Next;
        Runs = decision.Runs;
        foreach (var occurrence in decision.Occurrences)
        {
            if (!(LastNominalAt >= occurrence.NominalAt))
                (LastNominalAt, LastState) = (occurrence.NominalAt, occurrence.State);
        }
        if (Next is not { } next || next.NominalAt > InForceFrom)
            Before = null;
    }
}
