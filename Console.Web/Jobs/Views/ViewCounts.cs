using System.Collections.Concurrent;
using OpsConsole.Data;
using OpsConsole.Data.History.Search;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Jobs.Search;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Jobs.Views;

/// <summary>How many a search finds, at most.</summary>
/// <param name="IsAtLeast">Whether there are more.</param>
public sealed record FoundCount(long Count, bool IsAtLeast);

/// <summary>Counts what searches find, each at most every quarter of a minute, whoever looks.</summary>
public sealed class ViewCounts(AttemptSearch past, JobSearch search, FleetBoard fleet, TimeProvider time)
{
    /// <summary>Where counting ends.</summary>
    public const int Most = 10_000;
    private const int MostLive = 500;
    private const int MostKept = 500;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, (FoundCount Count, DateTimeOffset At)> _known = new(StringComparer.Ordinal);

    /// <summary>Null when that cannot be known now.</summary>
    public async Task<FoundCount?> OfAsync(JobQuery query, CancellationToken cancel = default)
    {
        // A relative time is another one in every second; who asks within a quarter of a minute means the same.
        var key = query.ToText();
        if (_known.TryGetValue(key, out var kept) && time.GetUtcNow() - kept.At < FreshFor) return kept.Count;
        try
        {
            var count = await CountAsync(query, cancel);
            if (_known.Count >= MostKept) _known.Clear();
            _known[key] = (count, time.GetUtcNow());
            return count;
        }
        catch (Exception e) when (e is JobStorageException || ConsoleDatabase.IsAway(e))
        {
            return null;
        }
    }

    private async Task<FoundCount> CountAsync(JobQuery query, CancellationToken cancel)
    {
        var plan = SearchPlan.Of(query);
        if (plan.Past)
        {
            var attempts = await past.CountAsync(query, Most, cancel);
            return new(attempts.Count, attempts.IsAtLeast);
        }
        if (QueryEdit.StateOf(query) is { } state && query.ToText() == "state:" + QueryEdit.StateText(state) && fleet.Current.IsReady) return new(fleet.Current.Of(state), false);
        var page = await search.PageAsync(query, SearchCursor.Start, MostLive, cancel);
        return new(page.Rows.Count, page.Next is not null);
    }
}
