using System.Globalization;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Jobs;

/// <summary>What a list says of itself: how many, in which order, and what it does not know.</summary>
public static class JobListWords
{
    public static string Of(JobListQuery query, JobPage page)
    {
        var isFiltered = query.Queue is not null || query.Type is not null;
        var order = query.State switch
        {
            JobState.Scheduled or JobState.Retrying => "next first",
            JobState.Enqueued => "next to run first",
            _ => "newest first",
        };
        if (page.ScanStopped) return $"Looked at {N(page.Scanned)} of {N(page.Total)} jobs for these filters, {order}. Go on below, or name a state to look further.";
        if (isFiltered) return page.Next is null && query.After is null ? $"{Jobs(page.Jobs.Count)} of {N(page.Total)} match, {order}" : $"Matches among {Jobs(page.Total)}, {order}";
        return query.State is null ? $"{Jobs(page.Total)} known in all states, {order}" : $"{Jobs(page.Total)}, {order}";
    }

    /// <summary>Lists of ended jobs keep only the newest; null when nothing is left out.</summary>
    public static string? LeftOut(JobState? state, long everEnded, long kept) =>
        state is JobState.Succeeded or JobState.Deleted && everEnded > kept ? $"Redis keeps the newest {N(kept)}; {N(everEnded)} have {(state == JobState.Succeeded ? "succeeded" : "been deleted")} in all." : null;

    private static string Jobs(long count) => count == 1 ? "1 job" : N(count) + " jobs";

    private static string N(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
