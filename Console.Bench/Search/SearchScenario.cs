using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Bench.History;
using OpsConsole.Data;
using OpsConsole.Data.History;
using OpsConsole.Data.History.Search;

namespace OpsConsole.Bench.Search;

/// <summary>How long the first page of a search takes. With OPS_SEED_DATABASE it asks a history that is there (as <c>history-seed</c> leaves one) instead of making its own.</summary>
internal sealed class SearchScenario : IScenario
{
    private const int PageRows = 50;

    public string Name => "search";

    public string About => "first pages over 5 million attempts at the 95th percentile: at most 100 ms with a type, queue, state or id and a range, at most 500 ms for words over a day";

    public ProfileTarget Profiled => ProfileTarget.Nothing;

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        if (Environment.GetEnvironmentVariable("OPS_SEED_DATABASE") is { Length: > 0 } mine)
            return await AskAsync(mine, settings);
        await using var database = await BenchDatabase.OpenAsync(settings);
        await HistorySeed.FillAsync(database.ConnectionString, new SeedSize(DateTimeOffset.UtcNow, settings.Quick ? 200_000 : 5_000_000));
        return await AskAsync(database.ConnectionString, settings);
    }

    private async Task<BenchReport> AskAsync(string postgres, BenchSettings settings)
    {
        await using var services = new ServiceCollection().AddLogging().AddConsoleData(postgres).BuildServiceProvider();
        var (ids, newest, attempts) = await SampleAsync(services.GetRequiredService<HistoryDatabase>());
        var questions = new SearchQuestions(ids);
        var search = services.GetRequiredService<AttemptSearch>();
        var context = new SearchContext(newest, TimeZoneInfo.Utc);
        // The first ones meet a connection that knows none of the tables.
        await MeasureAsync(search, context, questions.Typed(2));
        var typed = await MeasureAsync(search, context, questions.Typed(settings.Quick ? 5 : 25));
        var words = await MeasureAsync(search, context, questions.Words(settings.Quick ? 5 : 25));
        return new BenchReport(Name, $"{attempts:N0} attempts, {typed.Count + words.Count} searches; slowest kinds: {Slowest(typed)}; {Slowest(words)}",
        [
            new Figure("typed_p50_ms", Share(typed, 0.5)),
            new Figure("typed_p95_ms", Share(typed, 0.95), AtMost: 100),
            new Figure("typed_max_ms", Share(typed, 1)),
            new Figure("text_p50_ms", Share(words, 0.5)),
            new Figure("text_p95_ms", Share(words, 0.95), AtMost: 500),
            new Figure("text_max_ms", Share(words, 1)),
            new Figure("stopped", typed.Concat(words).Count(took => took.IsStopped), AtMost: 0),
        ]);
    }

    private sealed record Took(string Kind, double Ms, bool IsStopped);

    private static async Task<IReadOnlyList<Took>> MeasureAsync(AttemptSearch search, SearchContext context, IEnumerable<SearchQuestion> questions)
    {
        var all = new List<Took>();
        foreach (var question in questions)
        {
            var since = Stopwatch.GetTimestamp();
            var parse = JobQuery.Parse(question.Text, context);
            var page = await search.PageAsync(parse.Query ?? throw new InvalidOperationException($"{question.Text} is no query."), null, PageRows);
            all.Add(new Took(question.Kind, Stopwatch.GetElapsedTime(since).TotalMilliseconds, page.Problem is not null));
        }
        return all;
    }

    private static double Share(IReadOnlyList<Took> all, double share) => Percentile.Of(all.Select(took => took.Ms), share);

    private static string Slowest(IReadOnlyList<Took> all) => string.Join(", ", all.GroupBy(took => took.Kind)
        .Select(kind => (Kind: kind.Key, Ms: Share([.. kind], 0.95))).OrderByDescending(kind => kind.Ms).Take(3).Select(kind => $"{kind.Kind} {kind.Ms:N0} ms"));

    private static async Task<(IReadOnlyList<string> Ids, DateTimeOffset Newest, long Attempts)> SampleAsync(HistoryDatabase database)
    {
        await using var command = database.Reading.CreateCommand("""
            SELECT "JobId", (SELECT max("EndedAt") FROM "Attempts"), (SELECT sum(reltuples) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'Attempts_%')::bigint
            FROM "Attempts" TABLESAMPLE SYSTEM (0.02) REPEATABLE (7) LIMIT 1000
            """);
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync();
        var ids = new List<string>();
        var (newest, attempts) = (DateTimeOffset.MinValue, 0L);
        while (await row.ReadAsync())
        {
            ids.Add(row.GetString(0));
            (newest, attempts) = (new DateTimeOffset(row.GetDateTime(1)), row.GetInt64(2));
        }
        return ids.Count > 0 ? (ids, newest, attempts) : throw new InvalidOperationException("The history is empty: there is nothing to search.");
    }
}
