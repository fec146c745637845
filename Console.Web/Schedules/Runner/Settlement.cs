using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>What news make of a row of the ledger. Pure; the same news again, or older ones, change nothing.</summary>
/// <param name="Before">The row as it was read.</param>
/// <param name="After">What is to be written; its count of failures is that of the row's schedule and filled in later.</param>
public sealed record Settlement(Occurrence Before, SettledRow After)
{
    /// <summary>The job has come to rest, or to rest in another way than was known.</summary>
    public bool HasEnded => After.Outcome is not null && After.Outcome != Before.Outcome;

    /// <summary>The job had ended and is on its way again.</summary>
    public bool IsReopened => After.Outcome is null && Before.Outcome is not null;

    /// <summary>It ended after its deadline, and nobody has noticed yet.</summary>
    public bool IsTooLate => HasEnded && !Before.IsDeadlineMissed && After.EndedAt > Before.DeadlineAt;

    /// <summary>Null when nothing is new.</summary>
    public static Settlement? Of(Occurrence row, IEnumerable<JobNews> news)
    {
        var before = new SettledRow(row.Identity, row.Outcome, row.StartedAt, row.EndedAt, row.Attempts, row.IsOpen, 0);
        var after = news.Aggregate(before, Apply);
        return after == before ? null : new Settlement(row, after);
    }

    private static SettledRow Apply(SettledRow row, JobNews news)
    {
        if (news.Kind == JobNewsKind.Look || (row.Outcome is not null && news.At <= row.EndedAt))
            return row;
        // How a job ended that is gone is known from its end, if that was seen.
        if (news.Outcome == JobOutcome.Unknown && row.Outcome is not null)
            return row;
        row = row with { StartedAt = row.StartedAt ?? StartOf(news), Attempts = Math.Max(row.Attempts, news.Attempt) };
        return news.Kind switch
        {
            JobNewsKind.Ended => row with { Outcome = news.Outcome, EndedAt = news.At, IsOpen = false },
            _ when row.Outcome is not null => row with { Outcome = null, EndedAt = null, IsOpen = true },
            _ => row,
        };
    }

    private static DateTimeOffset? StartOf(JobNews news) => news.StartedAt is { } at ? at : news.Kind == JobNewsKind.Started ? news.At : null;
}
