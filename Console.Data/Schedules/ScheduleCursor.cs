namespace OpsConsole.Data.Schedules;

/// <summary>How far the runner has come with a schedule. Written at every fire, and therefore narrow and without indexes.</summary>
public sealed class ScheduleCursor
{
    public Guid ScheduleId { get; init; }

    /// <summary>Version of the definition that the next moment was computed from.</summary>
    public int Version { get; set; }

    /// <summary>The next nominal moment; null: there is none.</summary>
    public DateTimeOffset? NextNominalAt { get; set; }

    /// <summary>The same with its jitter.</summary>
    public DateTimeOffset? NextDueAt { get; set; }

    /// <summary>Copied from the definition, so that overdue schedules are found here alone.</summary>
    public int GraceSeconds { get; set; }

    /// <summary>Planned runs so far.</summary>
    public long Runs { get; set; }

    public int FailuresInRow { get; set; }

    /// <summary>The newest occurrence, its state at the fire (pending stands for a job on its way), and the outcome of the newest job that has ended.</summary>
    public DateTimeOffset? LastNominalAt { get; set; }

    public OccurrenceState? LastState { get; set; }

    public JobOutcome? LastOutcome { get; set; }

    public DateTimeOffset? LastOutcomeAt { get; set; }
}
