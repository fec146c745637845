using OpsConsole.Bench.Bulk;
using OpsConsole.Bench.Circuits;
using OpsConsole.Bench.Engine;
using OpsConsole.Bench.EventToPage;
using OpsConsole.Bench.Export;
using OpsConsole.Bench.History;
using OpsConsole.Bench.Ingest;
using OpsConsole.Bench.Metrics;
using OpsConsole.Bench.Operations;
using OpsConsole.Bench.Pages;
using OpsConsole.Bench.Schedules;
using OpsConsole.Bench.Search;

namespace OpsConsole.Bench;

/// <summary>Every scenario there is.</summary>
internal static class Scenarios
{
    public static IReadOnlyList<IScenario> All { get; } =
    [
        new DrainScenario(), new EnqueueScenario(), new BothScenario(), new BacklogScenario(), new WatchedScenario(), new CostScenario(), new SweepScenario(), new IdleLatencyScenario(), new TwoFleetsScenario(),
        new BulkRetryScenario(), new RetryScenario(), new PromoteScenario(), new MemoryScenario(),
        new EventToPageScenario(), new ViewersScenario(), new CircuitsScenario(), new FirstLoadScenario(), new PagesScenario(),
        new SchedulesScenario(), new ScheduleFaultsScenario(),
        new HistorySeedScenario(), new IngestScenario(), new SearchScenario(), new MetricsScenario(), new ExportScenario(),
    ];

    /// <summary>One line for each.</summary>
    public static string Listed() => string.Join('\n', ["Scenarios:", .. All.Select(scenario => Line(scenario.Name, scenario.About)),
        // bench.sh runs it by itself: it is not only about .NET.
        Line("peers", "BullMQ, Sidekiq and Celery beside this engine, in turn on one Redis: ahead of all of them; installs them")]);

    private static string Line(string name, string about) => $"  {name,-15} {about}";
}
