using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Schedules;

/// <summary>A row of fates in words.</summary>
public static class FateWords
{
    /// <summary>"Last 20: 17 succeeded, 2 failed, 1 missed; the newest succeeded."</summary>
    /// <param name="fates">Oldest first.</param>
    public static string Summary(IReadOnlyList<OccurrenceFate> fates) => fates.Count == 0
        ? "No occurrence yet."
        : $"{(fates.Count == 1 ? "The only occurrence" : $"Last {fates.Count}")}: {Counts(fates)}{(fates.Count == 1 ? "" : "; newest: " + Word(fates[^1]))}.";

    /// <summary>"17 succeeded, 2 failed": the most frequent first.</summary>
    public static string Counts(IEnumerable<OccurrenceFate> fates) => string.Join(", ",
        fates.GroupBy(fate => fate).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
            .Select(group => $"{NumberText.Count(group.Count())} {Word(group.Key)}"));

    private static string Word(OccurrenceFate fate) => fate switch
    {
        OccurrenceFate.Retried => "on a second try",
        OccurrenceFate.NoJob => "without a job",
        _ => OccurrenceLook.Of(fate).Word.ToLowerInvariant(),
    };
}
