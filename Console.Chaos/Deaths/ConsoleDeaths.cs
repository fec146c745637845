using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Bench;
using OpsConsole.Bench.History;
using OpsConsole.Chaos.Mix;
using OpsConsole.Chaos.Servers;
using OpsConsole.Data;
using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Chaos.Deaths;

/// <summary>A console dies right before and right after it makes the job of a schedule, and at each step of a mass retry and of a mass delete.</summary>
internal sealed class ConsoleDeaths(ChaosSettings settings)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly int _times = settings.Quick ? 1 : 20;
    private MassOperations? _operations;
    private ConsoleSettings? _console;
    private Verdict? _verdict;
    private IReadOnlyList<string> _owed = [];
    private bool _settled;

    public int Deaths { get; private set; }

    public double Lost => _verdict!.Lost.Count;

    public double DoubleEffects => _verdict!.Audit.DoubleEffects;

    public IEnumerable<Figure> Figures =>
    [
        new("console_deaths", Deaths, AtLeast: ScriptSteps.OfConsoles.Count * 2 * _times),
        new("console_jobs", _verdict!.Acknowledged.Count),
        new("console_of_it_scheduled", _owed.Count),
        new("console_settled", _settled ? 1 : 0, AtLeast: 1),
        new("console_not_in_one_place", _verdict.Places.Broken.Count, AtMost: 0),
        new("console_found_by_sweep", _verdict.FoundBySweep.Count, AtMost: 0),
        new("console_scheduled_twice", _owed.Count(id => _verdict.Audit.Starts(id) > 1), AtMost: 0),
        .. _operations!.FiguresFor(_verdict),
    ];

    public async Task RunAsync()
    {
        await using var space = await ChaosSpace.OpenAsync(settings, workers: 1, slots: 10);
        await using var database = await BenchDatabase.OpenAsync(new BenchSettings(space.Redis.Configuration, settings.Postgres, settings.Quick));
        using var proxy = new DeathProxy(space.Redis.Port);
        _console = new ConsoleSettings(proxy.Configuration, space.Jobs.Keys.Prefix, database.ConnectionString);
        await using (var services = new ServiceCollection().AddLogging().AddConsoleData(database.ConnectionString).BuildServiceProvider())
        {
            await services.GetRequiredService<ConsoleDatabase>().MigrateAsync();
            _operations = new MassOperations(space, services.GetRequiredService<OperationStore>());
            await space.KnowAsync(ScriptSteps.OfConsoles);
            var schedules = await MixSchedules.StartAsync(services);
            await DieAsync(proxy, "enqueue", () => Task.CompletedTask);
            await DieAsync(proxy, "retry-many", () => _operations.StartAsync(BulkKind.Retry));
            await DieAsync(proxy, "delete-many", () => _operations.StartAsync(BulkKind.Delete));
            await using var last = await ConsoleProcess.StartAsync(_console);
            _settled = await AreDoneAsync(space, schedules);
        }
        _verdict = await space.JudgeAsync();
    }

    private async Task DieAsync(DeathProxy proxy, string script, Func<Task> prepareAsync)
    {
        foreach (var when in Enum.GetValues<DeathAt>())
        {
            for (var i = 0; i < _times; i++)
            {
                await prepareAsync();
                await using var console = ConsoleProcess.Launch(_console!);
                var dead = proxy.ArmAsync(RedisScript.Load(script).Sha1, 1, when, console);
                if (await Task.WhenAny(dead, Task.Delay(s_patience)) == dead)
                    Deaths++;
                else
                    await Console.Error.WriteLineAsync($"failpoints: no console died at {script}, {when}");
            }
        }
    }

    private async Task<bool> AreDoneAsync(ChaosSpace space, MixSchedules schedules)
    {
        var areOver = await _operations!.EndAsync();
        _owed = schedules.Owed();
        var there = await Waiting.TryUntilAsync(s_patience, () => space.AreThereAsync(_owed));
        space.Load.Adopt(_owed);
        return await space.SettleAsync(s_patience) && areOver && there is not null;
    }
}
