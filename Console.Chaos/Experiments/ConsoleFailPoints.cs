using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Bench;
using OpsConsole.Bench.History;
using OpsConsole.Chaos.Mix;
using OpsConsole.Chaos.Servers;
using OpsConsole.Data;
using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Chaos.Experiments;

/// <summary>A console dies right before and right after it makes the job of a schedule, and at each step of a mass retry.</summary>
internal sealed class ConsoleFailPoints(ChaosSettings settings)
{
    private const int JobsOfOperation = 20;
    private const int MostOpen = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly int _times = settings.Quick ? 1 : 20;
    private readonly List<string> _retried = [];
    private ServiceProvider? _services;
    private ConsoleSettings? _console;
    private Verdict? _verdict;
    private int _deaths;
    private int _owed;
    private bool _settled;

    public double Lost => _verdict!.Lost.Count;

    public double DoubleEffects => _verdict!.Audit.DoubleEffects;

    public IEnumerable<Figure> Figures =>
    [
        new("console_deaths", _deaths, AtLeast: 2 * 2 * _times),
        new("console_jobs", _verdict!.Acknowledged.Count),
        new("console_of_it_scheduled", _owed),
        new("console_settled", _settled ? 1 : 0, AtLeast: 1),
        new("console_not_in_one_place", _verdict.Places.Broken.Count, AtMost: 0),
        new("console_retried_twice", _retried.Count(id => _verdict.Audit.Starts(id) > 2), AtMost: 0),
        new("console_scheduled_twice", _verdict.Acknowledged.Keys.Except(_retried).Count(id => _verdict.Audit.Starts(id) > 1), AtMost: 0),
    ];

    private OperationStore Operations => _services!.GetRequiredService<OperationStore>();

    public async Task RunAsync()
    {
        await using var space = await ChaosSpace.OpenAsync(settings, workers: 1, slots: 10);
        await using var database = await BenchDatabase.OpenAsync(new BenchSettings(space.Redis.Configuration, settings.Postgres, settings.Quick));
        using var proxy = new DeathProxy(space.Redis.Port);
        _console = new ConsoleSettings(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{proxy.Port}"), space.Jobs.Keys.Prefix, database.ConnectionString);
        await using (_services = new ServiceCollection().AddLogging().AddConsoleData(database.ConnectionString).BuildServiceProvider())
        {
            await _services.GetRequiredService<ConsoleDatabase>().MigrateAsync();
            var schedules = await MixSchedules.StartAsync(_services);
            await DieAsync(proxy, "enqueue", () => Task.CompletedTask);
            await DieAsync(proxy, "retry-many", () => StartRetryAsync(space));
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
                    _deaths++;
            }
        }
    }

    private async Task StartRetryAsync(ChaosSpace space)
    {
        // What a dead console has left open is gone on with, and goes through the same step.
        if ((await Operations.OpenAsync()).Count >= MostOpen)
            return;
        var before = space.Load.Acknowledged.Keys.ToHashSet(StringComparer.Ordinal);
        await space.Load.MakeAsync(JobsOfOperation, "chaos.breaks", """{"milliseconds":1}""");
        var ids = space.Load.Acknowledged.Keys.Except(before).ToList();
        _retried.AddRange(ids);
        await Waiting.UntilAsync("the jobs have failed", s_patience, async () => (await FailedAsync(space)).IsSupersetOf(ids));
        var draft = new BulkDraft { Kind = BulkKind.Retry, Source = BulkSource.Selection, Title = "chaos", Reason = "Its console dies." };
        var made = await Operations.CreateAsync(draft, "chaos", DateTimeOffset.UtcNow, ids);
        if (made.Id is null)
            throw new InvalidOperationException(made.Refusal);
    }

    private async Task<bool> AreDoneAsync(ChaosSpace space, MixSchedules schedules)
    {
        var open = await Waiting.TryUntilAsync(s_patience, async () => (await Operations.OpenAsync()).Count == 0);
        var owed = schedules.Owed();
        (_owed, var there) = (owed.Count, await Waiting.TryUntilAsync(s_patience, () => space.AreThereAsync(owed)));
        space.Load.Adopt(owed);
        return await space.SettleAsync(s_patience) && open is not null && there is not null;
    }

    private static async Task<HashSet<string>> FailedAsync(ChaosSpace space) =>
        [.. (await space.AskAsync(redis => redis.SortedSetRangeByRankAsync(space.Jobs.Keys.Failed))).Select(id => (string)id!)];
}
