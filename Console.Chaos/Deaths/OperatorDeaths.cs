using Microsoft.Extensions.Options;
using OpsConsole.Bench;
using OpsConsole.Chaos.Servers;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Chaos.Deaths;

/// <summary>
/// A console dies at what an operator does with one job or queue. Nothing of it goes on afterwards, so that it is enough to cut its connection:
/// the act must have been done or not, and what was not done can be done again.
/// </summary>
internal sealed class OperatorDeaths
{
    private const string Queue = "acted-on";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly Actor s_actor = new("chaos", "The console dies.");
    private int _deaths;
    private int _torn;

    public IEnumerable<Figure> FiguresFor(int times) =>
    [
        new("operator_deaths", _deaths, AtLeast: ScriptSteps.OfOperators.Count * 2 * times),
        new("operator_acts_torn", _torn, AtMost: 0),
    ];

    public async Task RunAsync(ChaosSpace space, int times)
    {
        using var proxy = new DeathProxy(space.Redis.Port);
        await using var redis = new JobRedis(Options.Create(new JobStorageOptions { Redis = proxy.Configuration }));
        var control = new JobControl(redis, TimeProvider.System);
        foreach (var act in ScriptSteps.OfOperators)
        {
            foreach (var when in Enum.GetValues<DeathAt>())
            {
                for (var i = 0; i < times; i++)
                    await DieAsync(space, (proxy, control), act, when);
            }
        }
    }

    private async Task DieAsync(ChaosSpace space, (DeathProxy Proxy, JobControl Control) console, string act, DeathAt when)
    {
        var id = await PrepareAsync(space, act);
        var cut = console.Proxy.CutAsync(RedisScript.Load(act).Sha1, when);
        await Waiting.UntilAsync("the act has met its fault", s_patience, async () => await IsInterruptedAsync(console.Control, act, id) && cut.IsCompleted);
        _deaths++;
        // What Redis was not told has changed nothing; what it was told is done from end to end.
        if (await IsDoneAsync(space, act, id) != (when == DeathAt.BeforeAnswer))
            _torn++;
        if (when == DeathAt.BeforeCall && !(await ActAsync(space.Control, act, id)).IsAccepted)
            _torn++;
    }

    // A connection that was cut a moment ago may refuse the call before it reaches the proxy.
    private static async Task<bool> IsInterruptedAsync(JobControl control, string act, string id)
    {
        try
        {
            await ActAsync(control, act, id);
            return false;
        }
        catch (JobStorageException)
        {
            return true;
        }
    }

    private static Task<ControlResult> ActAsync(JobControl control, string act, string id) => act switch
    {
        "retry" => control.RetryAsync(id, s_actor),
        "delete" => control.DeleteAsync(id, s_actor),
        "cancel" => control.CancelAsync(id, s_actor),
        "pause" => control.PauseQueueAsync(Queue, s_actor),
        _ => control.ResumeQueueAsync(Queue, s_actor),
    };

    private static async Task<string> PrepareAsync(ChaosSpace space, string act)
    {
        if (act == "pause")
            await space.Control.ResumeQueueAsync(Queue, s_actor);
        if (act == "resume")
            await space.Control.PauseQueueAsync(Queue, s_actor);
        if (act is "pause" or "resume")
            return Queue;
        if (act != "retry")
            return await space.Load.MakeOneAsync("chaos.work", """{"milliseconds":1}""", new EnqueueOptions { Queue = Queue }, isCounted: false);
        var id = await space.Load.MakeOneAsync("chaos.breaks", """{"milliseconds":1}""", new EnqueueOptions());
        await Waiting.UntilAsync("the job has failed", s_patience, async () => await StateAsync(space, id) == "Failed");
        return id;
    }

    private static async Task<bool> IsDoneAsync(ChaosSpace space, string act, string id) => act switch
    {
        "retry" => await StateAsync(space, id) != "Failed",
        "pause" => await IsPausedAsync(space),
        "resume" => !await IsPausedAsync(space),
        _ => await StateAsync(space, id) == "Deleted",
    };

    private static Task<bool> IsPausedAsync(ChaosSpace space) => space.AskAsync(database => database.HashExistsAsync(space.Jobs.Keys.Paused, Queue));

    private static Task<string?> StateAsync(ChaosSpace space, string id) => space.AskAsync(async database => (string?)await database.HashGetAsync(space.Jobs.Keys.Job(id), "State"));
}
