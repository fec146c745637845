using System.Globalization;
using OpsConsole.Chaos;
using OpsConsole.Chaos.Experiments;
using OpsConsole.Chaos.Fleet;

if (args is ["worker", ..])
    return await WorkerMode.RunAsync();

// The longest short forms come first, so that what runs beside them ends with them.
IExperiment[] experiments = [new FailPoints(), new MixExperiment(), new Herd(), new MemorySlope(), new RedisKill(), new ConsoleKill(), new Poison(), new PostgresAway(), new ClockSkew(), new MaxMemory(), new KillWorkers(), new PauseWorker(), new RedisPause(), new Inconsistencies()];
var name = args.FirstOrDefault(arg => !arg.StartsWith('-'));
var chosen = name == "all" ? experiments : [.. experiments.Where(experiment => experiment.Name == name)];
if (chosen.Length == 0)
{
    Console.WriteLine(name is null ? "Experiments ('all' runs all of them):" : $"There is no experiment '{name}'. Experiments:");
    foreach (var experiment in experiments)
        Console.WriteLine($"  {experiment.Name,-15} {experiment.About}");
    return name is null ? 0 : 2;
}
var seed = Array.IndexOf(args, "--seed") is >= 0 and var at && int.TryParse(args.ElementAtOrDefault(at + 1), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next(1_000_000);
if (ChaosSettings.FromEnvironment(args.Contains("--quick"), seed) is not { } settings)
{
    Console.Error.WriteLine("OPS_REDIS, OPS_POSTGRES and CHAOS_FOLDER are not all set. ./chaos.sh starts servers and sets them.");
    return 2;
}
return await Battery.RunAsync(chosen, settings);
