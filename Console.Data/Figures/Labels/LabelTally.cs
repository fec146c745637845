using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures.Labels;

/// <summary>How jobs came to their end.</summary>
/// <param name="Succeeded">In the end, after however many attempts.</param>
/// <param name="Recovered">Those of them that had failed before.</param>
/// <param name="Failed">For good, quarantined ones included. One that is retried by hand afterwards counts again when it ends again.</param>
/// <param name="Deleted">Deleted or cancelled.</param>
/// <param name="Retries">Attempts that failed or were lost, and were followed by another one.</param>
public readonly record struct LabelTally(long Succeeded, long Recovered, long Failed, long Deleted, long Retries)
{
    /// <summary>Jobs that came to an end by themselves.</summary>
    public long Ended => Succeeded + Failed;

    /// <summary>Share of <see cref="Ended"/> that succeeded; null when there were none.</summary>
    public double? SuccessShare => Ended == 0 ? null : (double)Succeeded / Ended;

    /// <summary>Share of the jobs that had failed at least once and succeeded on a later attempt; null when none had.</summary>
    public double? RecoveredShare => Recovered + Failed == 0 ? null : (double)Recovered / (Recovered + Failed);

    public static LabelTally operator +(LabelTally a, LabelTally b) =>
        new(a.Succeeded + b.Succeeded, a.Recovered + b.Recovered, a.Failed + b.Failed, a.Deleted + b.Deleted, a.Retries + b.Retries);

    /// <summary>What one attempt adds.</summary>
    public static LabelTally Of(AttemptOutcome outcome, int attempt) => outcome switch
    {
        AttemptOutcome.Succeeded => new(1, attempt > 1 ? 1 : 0, 0, 0, 0),
        AttemptOutcome.Failed or AttemptOutcome.Quarantined => new(0, 0, 1, 0, 0),
        AttemptOutcome.Deleted => new(0, 0, 0, 1, 0),
        AttemptOutcome.Retrying or AttemptOutcome.Lost => new(0, 0, 0, 0, 1),
        _ => default,
    };
}
