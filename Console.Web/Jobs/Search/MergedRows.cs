using OpsConsole.Data.History.Search;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Jobs.Search;

/// <summary>Rows out of the history and out of Redis as one list, newest first, each end once.</summary>
public sealed class MergedRows
{
    /// <param name="attempts">Newest first; null when there are none to come.</param>
    /// <param name="jobs">Newest first; null when there are none to come.</param>
    public MergedRows(AttemptPage? attempts, JobPage? jobs, int limit)
    {
        var past = attempts?.Rows ?? [];
        // What is older than all of the page belongs behind what the history has still to tell.
        var floor = attempts?.Next is null ? DateTimeOffset.MinValue : past.Count > 0 ? past[^1].EndedAt : attempts.SearchedBackTo;
        var ends = past.ToLookup(attempt => attempt.JobId, StringComparer.Ordinal);
        var rows = new List<JobRow>();
        foreach (var job in jobs?.Jobs ?? [])
        {
            var row = JobRow.Of(job);
            if (row.At < floor) break;
            while (PastTaken < past.Count && past[PastTaken].EndedAt >= row.At && rows.Count < limit) rows.Add(JobRow.Of(past[PastTaken++], null));
            if (rows.Count == limit) break;
            LiveTaken++;
            if (!ends[job.Id].Any(attempt => JobRow.IsSameEnd(job, attempt))) rows.Add(row);
        }
        while (PastTaken < past.Count && rows.Count < limit) rows.Add(JobRow.Of(past[PastTaken++], null));
        Rows = rows;
    }

    public IReadOnlyList<JobRow> Rows { get; }

    /// <summary>Jobs that the page has used up, from the first on.</summary>
    public int LiveTaken { get; }

    /// <summary>Attempts that the page has used up, from the first on.</summary>
    public int PastTaken { get; }

    public IEnumerable<AttemptSummary> Attempts => Rows.Select(row => row.Past).OfType<AttemptSummary>();
}
