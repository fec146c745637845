using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpsConsole.Bench.History;
using OpsConsole.Data;
using OpsConsole.Data.Failures;
using OpsConsole.Data.Figures;
using OpsConsole.Data.History;

namespace OpsConsole.Bench.Metrics;

/// <summary>How long pages take that look at a whole month. With OPS_SEED_DATABASE it reads a history that is there (as <c>history-seed</c> leaves one), and adds to its figures.</summary>
internal sealed class MetricsScenario : IScenario
{
    private const int Rounds = 20;

    // A minute apart, as a console looks; made in the database, for 200,000 samples one by one would be no better.
    private const string SeedGauges = """
        INSERT INTO "Gauges"
        SELECT 2, q, at, 60, 60 * (random() * 500)::bigint, 500, (random() * 60000)::bigint, 60 * (random() * 40)::bigint, 40, 60 * 80, 60 * 10
        FROM generate_series(date_trunc('hour', $1::timestamptz) - interval '65 days', $1, interval '1 hour') AS at CROSS JOIN unnest(ARRAY['', 'default', 'notifications', 'documents', 'reports']) AS q
        ON CONFLICT DO NOTHING
        """;

    public string Name => "metrics";

    public string About => "a month of figures (in a zone whose days are not UTC's) and the groups of failures, with 5 million attempts stored: at most 100 ms each at the 95th percentile";

    public ProfileTarget Profiled => ProfileTarget.Nothing;

    public async Task<BenchReport> RunAsync(BenchSettings settings)
    {
        if (Environment.GetEnvironmentVariable("OPS_SEED_DATABASE") is { Length: > 0 } mine)
            return await ReadAsync(mine, settings);
        await using var database = await BenchDatabase.OpenAsync(settings);
        await HistorySeed.FillAsync(database.ConnectionString, new SeedSize(DateTimeOffset.UtcNow, settings.Quick ? 200_000 : 5_000_000));
        return await ReadAsync(database.ConnectionString, settings);
    }

    private async Task<BenchReport> ReadAsync(string postgres, BenchSettings settings)
    {
        await using var services = new ServiceCollection().AddLogging().AddConsoleData(postgres).BuildServiceProvider();
        var until = (await services.GetRequiredService<HistoryStore>().GetStateAsync()).PositionAt ?? throw new InvalidOperationException("The history is empty: there is nothing to read.");
        await FillGaugesAsync(postgres, until);
        var month = new MonthOfFigures(services.GetRequiredService<FigureStore>(), services.GetRequiredService<GaugeStore>(), until);
        var first = await month.ReadAsync(FigureFilter.None);
        var all = await MeasureAsync(month, FigureFilter.None);
        var type = await MeasureAsync(month, new FigureFilter(Type: "reports.generate"));
        var host = await MeasureAsync(month, new FigureFilter(Host: "web-3"));
        var rollup = await RollupCost.MeasureAsync(services.GetRequiredService<HistoryDatabase>(), until, settings.Quick ? 20 : 90);
        var groups = services.GetRequiredService<GroupStore>();
        var counts = await groups.CountAsync(null);
        var news = await GroupCost.MeasureAsync(settings);
        return new BenchReport(Name, $"{first.Attempts:N0} attempts in the figures of the month, seven readings a page; {counts.Active + counts.Quiet:N0} groups",
        [
            new Figure("month_ms", all, AtMost: 100),
            new Figure("month_of_type_ms", type, AtMost: 100),
            new Figure("month_of_host_ms", host, AtMost: 100),
            new Figure("month_first_ms", first.Milliseconds),
            new Figure("rollup_batch_ms", Percentile.Of(rollup, 0.5), AtMost: 100),
            new Figure("failures_ms", await MeasureAsync(groups, new GroupQuery()), AtMost: 100),
            new Figure("failures_by_count_ms", await MeasureAsync(groups, new GroupQuery { Sort = GroupSort.Count }), AtMost: 100),
            new Figure("failures_with_text_ms", await MeasureAsync(groups, new GroupQuery { Tab = GroupTab.Quiet, Text = "timeout" }), AtMost: 100),
            new Figure("new_groups_batch_ms", Percentile.Of(news.Took, 0.5)),
            new Figure("new_groups_trim_ms", news.Took.Max()),
            // So many may come between two looks.
            new Figure("new_groups_most", news.Most, AtMost: GroupLimits.Groups + new GroupWriter().TrimAfter),
        ]);
    }

    private static async Task<double> MeasureAsync(MonthOfFigures month, FigureFilter filter)
    {
        var took = new List<double>();
        for (var round = 0; round < Rounds; round++)
            took.Add((await month.ReadAsync(filter)).Milliseconds);
        return Percentile.Of(took, 0.95);
    }

    private static async Task<double> MeasureAsync(GroupStore groups, GroupQuery query)
    {
        var took = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await groups.PageAsync(query);
            took.Add(watch.Elapsed.TotalMilliseconds);
        }
        return Percentile.Of(took, 0.95);
    }

    private static async Task FillGaugesAsync(string postgres, DateTimeOffset until)
    {
        await using var source = NpgsqlDataSource.Create(postgres);
        await using var command = source.CreateCommand(SeedGauges);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = until.UtcDateTime });
        await command.ExecuteNonQueryAsync();
    }
}
