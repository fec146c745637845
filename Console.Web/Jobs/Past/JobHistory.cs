using OpsConsole.Data;
using OpsConsole.Data.History;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Jobs.Past;

/// <summary>What the database remembers of jobs, for the page of one.</summary>
public sealed class JobHistory(AttemptReader attempts, HistoryRetention retention)
{
    // The page is given the newest states only; a job of which none is left has lost its list.
    private const int MostStates = 1_000;

    /// <summary>A job that Redis no longer has; null when the history does not have it either.</summary>
    public async Task<Remembered<PastJob>> FindAsync(string jobId, CancellationToken cancel)
    {
        try
        {
            return new(await attempts.GetByJobAsync(jobId, PastJob.MostAttempts, cancel) is { Count: > 0 } rows ? PastJob.Of(rows) : null);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            return new(null, "The history cannot be read now: the database does not answer.");
        }
    }

    /// <summary>Attempts of a job that Redis has, from before the states that are left there; null when there are none.</summary>
    public async Task<Remembered<IReadOnlyList<AttemptRow>>> EarlierAsync(JobDetails details, CancellationToken cancel)
    {
        if (details.History.Count is > 0 and < MostStates)
            return new(null);
        try
        {
            var first = details.History.Count == 0 ? DateTimeOffset.MaxValue : details.History[0].At ?? DateTimeOffset.MaxValue;
            AttemptRow[] earlier = [.. (await attempts.GetByJobAsync(details.Job.Id, PastJob.MostAttempts, cancel)).Where(row => row.EndedAt < first)];
            return new(earlier.Length == 0 ? null : earlier);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            return new(null, "Earlier attempts cannot be read now: the database does not answer.");
        }
    }

    /// <summary>When the newest of the attempts leaves the history, the job's page with it.</summary>
    public DateTimeOffset KeptUntil(PastJob job) => retention.KeptUntil(job.Last);

    /// <summary>How long finished jobs can be found, in words.</summary>
    public string Kept => retention.SucceededDays == retention.FailedDays
        ? $"{retention.FailedDays} days"
        : $"{retention.SucceededDays} days, or {retention.FailedDays} when they failed";
}

/// <summary>What was found, or why nothing could be looked for.</summary>
public sealed record Remembered<T>(T? Found, string? Problem = null) where T : class;
