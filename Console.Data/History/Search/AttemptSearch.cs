using OpsConsole.Data.History.Search.Names;
using OpsConsole.Data.History.Search.Statements;

namespace OpsConsole.Data.History.Search;

/// <summary>
/// Finds attempts in the history. A search goes from newer to older days and stops when it has found enough, at the end of its range, or
/// when its time is up; a page then says how far it got. See <c>docs/history.md</c>, Search.
/// </summary>
public sealed partial class AttemptSearch(HistoryDatabase database, TimeProvider time)
{
    /// <summary>A page longer than this is asked for by mistake.</summary>
    public const int MostRows = 5_000;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(5);
    private readonly NameReader _names = new(database);

    /// <param name="query">What to find.</param>
    /// <param name="before"><see cref="AttemptPage.Next"/> of the page before; null begins with the newest.</param>
    /// <param name="limit">At most <see cref="MostRows"/>.</param>
    public async Task<AttemptPage> PageAsync(JobQuery query, AttemptKey? before, int limit, CancellationToken cancel = default)
    {
        var found = await FindAsync(query, before, limit, AttemptColumns.All, AttemptColumns.Read, row => row.Key, cancel);
        return new(found.Rows, found.Next, found.BackTo, found.IsBounded, found.Problem);
    }

    /// <summary>The jobs of what the query finds, for acts on all of them.</summary>
    /// <param name="outcomes">Only of attempts that ended so; null for all.</param>
    public async Task<JobIdPage> JobIdsAsync(JobQuery query, IReadOnlyCollection<AttemptOutcome>? outcomes, AttemptKey? before, int limit, CancellationToken cancel = default)
    {
        var narrowed = outcomes is null ? query : query.And(new QueryTerm(QueryField.Outcome, QueryOperator.Is, new(outcomes.Select(outcome => new OutcomeValue(outcome)))));
        var found = await FindAsync(narrowed, before, limit, "\"EndedAt\", \"Sequence\", \"JobId\"",
            row => (Key: new AttemptKey(row.GetTime(0), row.GetInt32(1)), Id: row.GetString(2)), row => row.Key, cancel);
        return new([.. found.Rows.Select(row => row.Id).Distinct(StringComparer.Ordinal)], found.Next, found.BackTo, found.IsBounded, found.Problem);
    }

    /// <summary>How many attempts the query finds.</summary>
    /// <param name="cap">More are not counted.</param>
    public async Task<AttemptCount> CountAsync(JobQuery query, long cap, CancellationToken cancel = default)
    {
        using var limit = new SearchTime(MostTime, time, cancel);
        var (count, backTo) = (0L, time.GetUtcNow());
        try
        {
            var plan = await PlanAsync(query, null, limit.Token);
            foreach (var window in plan.IsNothing ? [] : plan.Windows())
            {
                await using var command = plan.Count(window, cap + 1 - count).Command(database.Searching);
                count += (long)(await command.ExecuteScalarAsync(limit.Token))!;
                if (count > cap) return new(cap, IsAtLeast: true, backTo);
                backTo = window.From ?? DateTimeOffset.MinValue;
            }
            return new(count, IsAtLeast: false, plan.From ?? DateTimeOffset.MinValue);
        }
        catch (Exception error) when (limit.IsUp(error))
        {
            return new(count, IsAtLeast: true, backTo);
        }
    }

    /// <summary>Values of a field that attempts have, for completion: those first that begin with the text, then the most frequent ones.</summary>
    /// <returns>Nothing for fields whose values are not kept: ids, texts, durations.</returns>
    public async Task<IReadOnlyList<NameCount>> ValuesAsync(QueryField field, string text, int limit, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(limit is > 0 and <= MostRows, true, nameof(limit));
        return NameFields.Of(field) is { } known ? await _names.SuggestAsync(known, text, limit, cancel) : [];
    }

    private async Task<SearchPlan> PlanAsync(JobQuery query, AttemptKey? before, CancellationToken cancel) =>
        new(query, await QueryNames.ReadAsync(query, _names, cancel), before, time.GetUtcNow());
}
