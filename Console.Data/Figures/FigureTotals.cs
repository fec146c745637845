using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures;

/// <summary>What came to an end in some stretch of time. Sums add up without loss. An attempt counts where it ended, its wait too.</summary>
public sealed class FigureTotals
{
    private const int Outcomes = (int)AttemptOutcome.Returned + 1;
    private readonly long[] _counts = new long[Outcomes];

    /// <summary>Jobs that came into a queue.</summary>
    public long Arrived { get; set; }

    /// <summary>Sum of all waits in queues, ms.</summary>
    public long WaitMs { get; set; }

    /// <summary>Sum of all durations, ms: what slots were busy with, however it ended.</summary>
    public long RunMs { get; set; }

    /// <summary>Time in the queue of attempts that were started.</summary>
    public DurationHistogram Waits { get; } = new();

    /// <summary>Durations of attempts that succeeded.</summary>
    public DurationHistogram SucceededRuns { get; } = new();

    /// <summary>Durations of attempts that failed, for good or not.</summary>
    public DurationHistogram FailedRuns { get; } = new();

    public long Succeeded => Of(AttemptOutcome.Succeeded);

    /// <summary>Attempts that failed, for good or not, those lost with their worker included.</summary>
    public long Failed => Of(AttemptOutcome.Retrying) + FailedForGood + Of(AttemptOutcome.Lost);

    /// <summary>Jobs that stay until somebody acts.</summary>
    public long FailedForGood => Of(AttemptOutcome.Failed) + Of(AttemptOutcome.Quarantined);

    /// <summary>Attempts that came to a result, good or bad: what throughput and failure rate count.</summary>
    public long Ended => Succeeded + Failed;

    /// <summary>Share of <see cref="Ended"/> that failed; null when nothing ended.</summary>
    public double? FailureRate => Ended == 0 ? null : Failed / (double)Ended;

    /// <summary>Share of jobs that ended well of those that came to their end, after whatever retries; null when none did.</summary>
    public double? JobSuccessRate => Succeeded + FailedForGood is var jobs and > 0 ? Succeeded / (double)jobs : null;

    public bool IsEmpty => Arrived == 0 && Array.TrueForAll(_counts, count => count == 0);

    public long Of(AttemptOutcome outcome) => _counts[(int)outcome];

    public void Add(AttemptOutcome outcome, long count) => _counts[(int)outcome] += count;

    /// <summary>Durations of all attempts that came to a result.</summary>
    public DurationHistogram Runs()
    {
        var all = new DurationHistogram();
        all.AddAll(SucceededRuns);
        all.AddAll(FailedRuns);
        return all;
    }

    /// <summary>Counts one attempt that has ended.</summary>
    public void Add(AttemptRow attempt)
    {
        Add(attempt.Outcome, 1);
        if (attempt.Attempt > 0 && attempt.WaitMs is { } wait)
        {
            WaitMs += wait;
            Waits.Add(wait);
        }
        if (attempt.RunMs is not { } run)
            return;
        RunMs += run;
        if (attempt.Outcome == AttemptOutcome.Succeeded)
            SucceededRuns.Add(run);
        else if (attempt.Outcome.IsFailure())
            FailedRuns.Add(run);
    }

    public void AddAll(FigureTotals other)
    {
        Arrived += other.Arrived;
        WaitMs += other.WaitMs;
        RunMs += other.RunMs;
        for (var i = 0; i < Outcomes; i++)
            _counts[i] += other._counts[i];
        Waits.AddAll(other.Waits);
        SucceededRuns.AddAll(other.SucceededRuns);
        FailedRuns.AddAll(other.FailedRuns);
    }
}
