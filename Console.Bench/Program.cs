using System.Globalization;
using OpsConsole.Bench;
using OpsConsole.Bench.Engine;
using OpsConsole.Bench.Profiles;

if (args is [WorkerProcess.Verb, var workerPrefix, var slots])
    return await WorkerProcess.ServeAsync(workerPrefix, int.Parse(slots, CultureInfo.InvariantCulture));
if (args is [JobMaker.Verb, var makerPrefix, var many, var ones])
    return await JobMaker.RunAsync(makerPrefix, int.Parse(many, CultureInfo.InvariantCulture), int.Parse(ones, CultureInfo.InvariantCulture));
// So that nobody waits for servers only to be told that nothing of that name exists.
var isCheck = args is ["--check", ..];
var asked = BenchArguments.Read(isCheck ? args[1..] : args, Scenarios.All);
if (asked.Problem is { } problem)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Scenarios.Listed());
    return 2;
}
if (asked.Scenario is not { } scenario)
{
    Console.WriteLine(Scenarios.Listed());
    return 0;
}
if (isCheck)
    return 0;
if (Environment.GetEnvironmentVariable("OPS_REDIS") is not { Length: > 0 } redis || Environment.GetEnvironmentVariable("OPS_POSTGRES") is not { Length: > 0 } postgres)
{
    Console.Error.WriteLine("OPS_REDIS and OPS_POSTGRES are not both set; they are the connection strings of servers that may be filled and emptied. ./bench.sh starts its own and sets them.");
    return 2;
}
var settings = new BenchSettings(redis, postgres, asked.Quick);
try
{
    var report = asked.Profile ? await Profiling.RunAsync(scenario, settings) : await scenario.RunAsync(settings);
    Console.WriteLine(report.Table());
    Console.WriteLine(report.Json());
    return report.Ok ? 0 : 1;
}
catch (Exception e)
{
    Console.Error.WriteLine($"{scenario.Name} failed and has no figures: {e}");
    return 1;
}
