using System.Globalization;
using OpsConsole.Bench;
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

IScenario[] scenarios = [
    new DrainScenario(), new EnqueueScenario(), new BothScenario(), new BacklogScenario(), new WatchedScenario(), new CostScenario(), new IdleLatencyScenario(), new TwoFleetsScenario(),
    new BulkRetryScenario(), new RetryScenario(), new PromoteScenario(), new MemoryScenario(),
    new EventToPageScenario(), new ViewersScenario(), new CircuitsScenario(), new FirstLoadScenario(), new PagesScenario(),
    new SchedulesScenario(), new ScheduleFaultsScenario(),
    new HistorySeedScenario(), new IngestScenario(), new SearchScenario(), new MetricsScenario(), new ExportScenario(),
];
if (args is [WorkerProcess.Verb, var workerPrefix, var slots])
    return await WorkerProcess.ServeAsync(workerPrefix, int.Parse(slots, CultureInfo.InvariantCulture));
if (args is [JobMaker.Verb, var makerPrefix, var many, var ones])
    return await JobMaker.RunAsync(makerPrefix, int.Parse(many, CultureInfo.InvariantCulture), int.Parse(ones, CultureInfo.InvariantCulture));
var name = args.FirstOrDefault(arg => !arg.StartsWith('-'));
if (scenarios.FirstOrDefault(scenario => scenario.Name == name) is not { } chosen)
{
    Console.WriteLine(name is null ? "Scenarios:" : $"There is no scenario '{name}'. Scenarios:");
    foreach (var scenario in scenarios)
        Console.WriteLine($"  {scenario.Name,-15} {scenario.About}");
    return name is null ? 0 : 2;
}
if (Environment.GetEnvironmentVariable("OPS_REDIS") is not { Length: > 0 } redis || Environment.GetEnvironmentVariable("OPS_POSTGRES") is not { Length: > 0 } postgres)
{
    Console.Error.WriteLine("OPS_REDIS and OPS_POSTGRES are not both set; they are the connection strings of servers that may be filled and emptied. ./bench.sh starts its own and sets them.");
    return 2;
}
var report = await chosen.RunAsync(new BenchSettings(redis, postgres, args.Contains("--quick")));
Console.WriteLine(report.Table());
Console.WriteLine(report.Json());
return report.Ok ? 0 : 1;
