using OpsConsole.Bench;
using OpsConsole.Chaos.Fleet;
using OpsConsole.Chaos.Servers;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Chaos.Experiments;

/// <summary>A worker dies right before and right after each kind of call that it makes.</summary>
internal sealed class FailPoints : IExperiment
{
    private const int Slots = 5;
    private const int LeaseSeconds = 3;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    // Each is one script, and so one step; claims and ends of attempts are the same one.
    private static readonly string[] s_scripts = ["finish", "renew", "promote-due", "recover", "worker-start"];

    public string Name => "failpoints";

    public string About => "a worker dies before and after each call: claim, end, retry, renew, promotion, recovery, announcement; a console at each job of a schedule and step of a mass retry: every job in one place";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var times = settings.Quick ? 1 : 20;
        await using var space = await ChaosSpace.OpenAsync(settings, workers: 1, Slots, LeaseSeconds);
        using var proxy = new DeathProxy(space.Redis.Port);
        await using var doomed = new WorkerFleet(space.Fleet.Settings with { Redis = $"127.0.0.1:{proxy.Port}" }, settings.Folder);
        doomed.Start(1);
        using var end = new CancellationTokenSource();
        var making = Task.WhenAll(
            space.Load.KeepMakingAsync("chaos.work", """{"milliseconds":100}""", TimeSpan.FromMilliseconds(40), end.Token),
            space.Load.KeepMakingAsync("chaos.flaky", """{"milliseconds":50}""", TimeSpan.FromMilliseconds(200), end.Token));
        var deaths = await KillAsync(proxy, doomed, times);
        await end.CancelAsync();
        await making;
        var settled = await space.SettleAsync(TimeSpan.FromMinutes(2));
        var quarantined = await space.RetryQuarantinedAsync(TimeSpan.FromMinutes(1));
        var verdict = await space.JudgeAsync();
        var console = new ConsoleFailPoints(settings);
        await console.RunAsync();
        return new ChaosReport(Name, $"{deaths} deaths at {s_scripts.Length} scripts, before the call and before its answer; then of the console", verdict.Lost.Count + console.Lost, verdict.Audit.DoubleEffects + console.DoubleEffects,
        [
            .. verdict.Figures,
            new Figure("settled", settled ? 1 : 0, AtLeast: 1),
            new Figure("deaths", deaths, AtLeast: s_scripts.Length * 2 * times),
            new Figure("quarantined", quarantined.Count),
            .. console.Figures,
        ]);
    }

    private static async Task<int> KillAsync(DeathProxy proxy, WorkerFleet doomed, int times)
    {
        var deaths = 0;
        foreach (var script in s_scripts.Select(RedisScript.Load))
        {
            foreach (var when in Enum.GetValues<DeathAt>())
            {
                for (var i = 0; i < times; i++)
                {
                    var worker = doomed.Workers[0];
                    // A worker announces itself once; its other calls come again, and it dies at an early or a later one.
                    var dead = proxy.ArmAsync(script.Sha1, script.Name == "finish" ? 1 + (i % 7) : 1, when, worker);
                    if (await Task.WhenAny(dead, Task.Delay(s_patience)) == dead)
                        deaths++;
                    await doomed.ReplaceAsync(worker);
                }
            }
        }
        return deaths;
    }
}
