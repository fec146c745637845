using Npgsql;
using OpsConsole.Data.History.Search.Statements;

namespace OpsConsole.Data.History.Search;

public sealed partial class AttemptSearch
{
    private sealed record Found<T>(IReadOnlyList<T> Rows, AttemptKey? Next, DateTimeOffset BackTo, bool IsBounded, string? Problem);

    private async Task<Found<T>> FindAsync<T>(JobQuery query, AttemptKey? before, int limit, string columns, Func<NpgsqlDataReader, T> read, Func<T, AttemptKey> key, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(limit is > 0 and <= MostRows, true, nameof(limit));
        using var most = new SearchTime(MostTime, time, cancel);
        var (rows, sure) = (new List<T>(), 0);
        var backTo = before?.EndedAt ?? time.GetUtcNow();
        try
        {
            var plan = await PlanAsync(query, before, most.Token);
            if (plan.IsNothing) return new([], null, plan.From ?? DateTimeOffset.MinValue, plan.IsBounded, null);
            if (plan.IsProbed(limit) && await ProbeAsync(plan) is { } probed) return probed;
            foreach (var window in plan.Windows())
            {
                await ReadAsync(plan.Page(columns, window, limit + 1 - rows.Count), rows);
                if (rows.Count > limit) return Full();
                (sure, backTo) = (rows.Count, window.From ?? DateTimeOffset.MinValue);
            }
            return new(rows, null, backTo, plan.IsBounded, null);
        }
        catch (Exception error) when (most.IsUp(error))
        {
            // Nothing is known of the window in which the time was up: the next page begins with it.
            rows.RemoveRange(sure, rows.Count - sure);
            return new(rows, backTo < (before?.EndedAt ?? time.GetUtcNow()) ? new(backTo, 0) : null, backTo, IsBounded: true, SearchAdvice.For(query, MostTime));
        }

        async Task<Found<T>?> ProbeAsync(SearchPlan plan)
        {
            await ReadAsync(plan.Probe(columns, limit + 1), rows);
            if (rows.Count > limit) return Full();
            rows.Clear();
            return null;
        }

        async Task ReadAsync(SearchStatement statement, List<T> into)
        {
            await using var command = statement.Command(database.Searching);
            await using var row = await command.ExecuteReaderAsync(most.Token);
            while (await row.ReadAsync(most.Token))
                into.Add(read(row));
        }

        Found<T> Full()
        {
            rows.RemoveRange(limit, rows.Count - limit);
            var last = key(rows[^1]);
            return new(rows, last, last.EndedAt, IsBounded: false, null);
        }
    }
}
