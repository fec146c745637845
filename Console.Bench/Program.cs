using OpsConsole.Bench;
using OpsConsole.Bench.EventToPage;

IScenario[] scenarios = [new DrainScenario(), new EnqueueScenario(), new IdleLatencyScenario(), new EventToPageScenario()];
var name = args.FirstOrDefault(arg => !arg.StartsWith('-'));
if (scenarios.FirstOrDefault(scenario => scenario.Name == name) is not { } chosen)
{
    Console.WriteLine(name is null ? "Scenarios:" : $"There is no scenario '{name}'. Scenarios:");
    foreach (var scenario in scenarios)
        Console.WriteLine($"  {scenario.Name,-14} {scenario.About}");
    return name is null ? 0 : 2;
}
if (Environment.GetEnvironmentVariable("OPS_REDIS") is not { Length: > 0 } redis)
{
    Console.Error.WriteLine("OPS_REDIS is not set; it is the connection string of a Redis that may be filled and emptied. ./bench.sh starts one and sets it.");
    return 2;
}
var report = await chosen.RunAsync(new BenchSettings(redis, args.Contains("--quick")));
Console.WriteLine(report.Table());
Console.WriteLine(report.Json());
return report.Ok ? 0 : 1;
