using OpsConsole.Bench;
using OpsConsole.Chaos.Faults;
using OpsConsole.Chaos.Fleet;
using OpsConsole.Chaos.Servers;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Chaos.Deaths;

/// <summary>A worker dies right before and right after each kind of call that it makes, and an operator's console at each act.</summary>
internal sealed class WorkerDeaths(ChaosSettings settings)
{
    private const int Slots = 5;
    private const int LeaseSeconds = 3;
    private const string Harmed = "harmed";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    // The client library does not always connect again when a connection is cut; such a worker is replaced, and counted.
    private const int MostTries = 4;
    private static readonly TimeSpan s_comesBack = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(30);
    private readonly int _times = settings.Quick ? 1 : 20;
    private readonly OperatorDeaths _operators = new();
    private Verdict? _verdict;
    private int _deaths;
    private int _notBack;
    private int _quarantined;
    private bool _settled;

    public int Deaths => _deaths;

    public double Lost => _verdict!.Lost.Count;

    public double DoubleEffects => _verdict!.Audit.DoubleEffects;

    public IEnumerable<Figure> Figures =>
    [
        .. _verdict!.Figures,
        new("settled", _settled ? 1 : 0, AtLeast: 1),
        new("deaths", _deaths, AtLeast: ScriptSteps.OfWorkers.Count * 2 * _times),
        new("workers_not_connected_again", _notBack),
        new("quarantined", _quarantined),
        .. _operators.FiguresFor(_times),
    ];

    public async Task RunAsync()
    {
        await using var space = await ChaosSpace.OpenAsync(settings, workers: 1, Slots, LeaseSeconds);
        using var proxy = new DeathProxy(space.Redis.Port);
        await using var doomed = new WorkerFleet(space.Fleet.Settings with { Redis = proxy.Configuration }, settings.Folder);
        doomed.Start(1);
        using var end = new CancellationTokenSource();
        var making = Task.WhenAll(
            space.Load.KeepMakingAsync("chaos.work", """{"milliseconds":100}""", TimeSpan.FromMilliseconds(40), end.Token),
            space.Load.KeepMakingAsync("chaos.tells", """{"milliseconds":50}""", TimeSpan.FromMilliseconds(200), end.Token),
            space.Load.KeepMakingAsync("chaos.flaky", """{"milliseconds":50}""", TimeSpan.FromMilliseconds(200), end.Token));
        await space.KnowAsync(ScriptSteps.OfWorkers.Concat(ScriptSteps.OfOperators));
        foreach (var script in ScriptSteps.OfWorkers)
            await KillAsync(space, proxy, doomed, RedisScript.Load(script));
        await _operators.RunAsync(space, _times);
        await end.CancelAsync();
        await making;
        await space.UntilPlantsAreFoundAsync(s_patience);
        _settled = await space.SettleAsync(TimeSpan.FromMinutes(2));
        _quarantined = (await space.RetryQuarantinedAsync(TimeSpan.FromMinutes(1))).Count;
        _verdict = await space.JudgeAsync();
    }

    private async Task KillAsync(ChaosSpace space, DeathProxy proxy, WorkerFleet doomed, RedisScript script)
    {
        foreach (var when in Enum.GetValues<DeathAt>())
        {
            for (var i = 0; i < _times; i++)
            {
                // A worker announces itself once; its other calls come again, and it dies at an early or a later one.
                var call = script.Name == "finish" ? 1 + (i % 7) : 1;
                for (var tries = 0; !await DiesAsync(space, proxy, doomed.Workers[0], (script, when, call)) && tries < MostTries; tries++)
                {
                    // A cut may have met a call that asked for no jobs: then there is nothing to give back, and the worker beats as before.
                    var isBack = await space.HasBeatenAsync(doomed.Workers[0], (DateTimeOffset.UtcNow - (s_comesBack / 2)).ToUnixTimeMilliseconds());
                    await Console.Error.WriteLineAsync($"failpoints: no worker died at {script.Name}, {when}: it {(isBack ? "had no reason to make that call" : "is not connected")}");
                    _notBack += isBack ? 0 : 1;
                    await doomed.ReplaceAsync(doomed.Workers[0]);
                }
                await doomed.ReplaceAsync(doomed.Workers[0]);
            }
        }
    }

    private async Task<bool> DiesAsync(ChaosSpace space, DeathProxy proxy, WorkerProcess worker, (RedisScript Script, DeathAt When, int Call) step)
    {
        if (step.Script.Name == "giveback")
            await LoseClaimAsync(space, proxy, worker);
        var dead = proxy.ArmAsync(step.Script.Sha1, step.Call, step.When, worker);
        await ProvokeAsync(space, worker, step.Script.Name);
        if (await Task.WhenAny(dead, Task.Delay(step.Script.Name == "giveback" ? s_comesBack : s_patience)) != dead)
            return false;
        _deaths++;
        return true;
    }

    // The answer to a claim is withheld, not before the worker has settled in.
    private static async Task LoseClaimAsync(ChaosSpace space, DeathProxy proxy, WorkerProcess worker)
    {
        await AnnouncedAsync(space, worker);
        await Task.Delay(s_settling);
        await Task.WhenAny(proxy.CutAsync(RedisScript.Load("finish").Sha1, DeathAt.BeforeAnswer), Task.Delay(s_patience));
    }

    // What a worker does not do by itself.
    private static async Task ProvokeAsync(ChaosSpace space, WorkerProcess worker, string script)
    {
        if (script is not ("worker-stop" or "sweep-repair"))
            return;
        var id = await AnnouncedAsync(space, worker);
        if (script == "worker-stop")
        {
            await Signal.SendAsync(worker.Id, "TERM");
            return;
        }
        await space.AskAsync(database => database.StringSetAsync(space.Jobs.Keys.Sweep, id, s_turn));
        await HarmAsync(space);
    }

    private static async Task<string> AnnouncedAsync(ChaosSpace space, WorkerProcess worker)
    {
        string? id = null;
        await Waiting.UntilAsync("the worker is announced", s_patience, async () => (id = await space.WorkerIdAsync(worker)) is not null);
        return id!;
    }

    /// <summary>A job that stands nowhere, and that workers run once somebody has put it back.</summary>
    private static async Task HarmAsync(ChaosSpace space)
    {
        var id = await space.Load.MakeOneAsync("chaos.work", """{"milliseconds":20}""", new EnqueueOptions { Queue = Harmed });
        await space.AskAsync(database => database.HashDeleteAsync(space.Jobs.Keys.Job(id), "Queue"));
        await space.AskAsync(database => database.HashSetAsync(space.Jobs.Keys.JobStateData(id), "Queue", "default"));
        await space.AskAsync(database => database.ListRemoveAsync(space.Jobs.Keys.Queue(Harmed), id));
        space.Plant("enqueued-nowhere", id);
    }
}
