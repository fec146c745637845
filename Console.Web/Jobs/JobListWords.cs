using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Jobs.Search;
using OpsConsole.Web.Jobs.Views;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Jobs;

/// <summary>What a list says of itself: how many, in which order, and what it does not know.</summary>
public static class JobListWords
{
    /// <param name="state">The one state that is asked for, or null.</param>
    /// <param name="past">How many attempts in the history match; null when that is not known.</param>
    public static string Of(SearchPage page, JobState? state, FoundCount? past)
    {
        if (page.Plan.Past) return $"{Past(past)}newest first.";
        var order = state switch
        {
            JobState.Scheduled or JobState.Retrying => "next first",
            JobState.Enqueued => "next to run first",
            _ => "newest first",
        };
        if (page.IsLiveCut) return $"Looked at {N(page.LiveScanned)} of {N(page.LiveTotal)} jobs, {order}. Go on below, or name a queue or a state to look in fewer.";
        return page.Next is null && page.Rows.Count < page.LiveTotal ? $"{NumberText.Of(page.Rows.Count, "job", "jobs")} of {N(page.LiveTotal)} here, as they stand now, {order}."
            : $"{NumberText.Of(page.LiveTotal, "job", "jobs")} as they stand now, {order}.";
    }

    /// <summary>What may be missing in it; empty when nothing is.</summary>
    public static string LeftOut(SearchPage page, ViewerTime viewer) => string.Join(' ', Gaps(page, viewer));

    private static IEnumerable<string> Gaps(SearchPage page, ViewerTime viewer)
    {
        if (page.IsHistoryAway) yield return "The history does not answer: this is what Redis knows.";
        if (page.IsRedisAway) yield return "Redis does not answer: this is what the history knows.";
        if (page.IsBounded && page.SearchedBackTo is { } at) yield return $"Searched back to {viewer.Clock(at)}; name a time, such as since:30d, to go further.";
        if (page.Problem is { } problem) yield return problem;
        if (page.Plan.Past && page.IsLiveCut) yield return $"Of {N(page.LiveTotal)} jobs in Redis the newest {N(page.LiveScanned)} were looked at for this page.";
    }

    private static string Past(FoundCount? count) => count switch
    {
        null => "Live jobs and past attempts, ",
        { IsAtLeast: true } => $"More than {N(count.Count)} past attempts and live jobs, ",
        _ => $"{NumberText.Of(count.Count, "past attempt", "past attempts")} and live jobs, ",
    };

    private static string N(long count) => NumberText.Count(count);
}
