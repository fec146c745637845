using System.Diagnostics;
using OpsConsole.Bench;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Workers that all start at once while a long queue waits.</summary>
internal sealed class HerdStart(ChaosSettings settings)
{
    private const int Slots = 10;
    private Verdict? _verdict;
    private TimeSpan? _announced;
    private double _seconds;
    private bool _settled;
    private int _ended;

    public int Jobs { get; } = settings.Quick ? 10_000 : 1_000_000;

    public int Workers { get; } = settings.Quick ? 5 : 20;

    public double Lost => _verdict!.Lost.Count;

    public double DoubleEffects => _verdict!.Audit.DoubleEffects;

    public IEnumerable<Figure> Figures =>
    [
        .. _verdict!.Figures,
        new("settled", _settled ? 1 : 0, AtLeast: 1),
        new("started_twice", _verdict.Audit.Restarts, AtMost: 0),
        new("workers_ended", _ended, AtMost: 0),
        new("workers_announced_s", _announced?.TotalSeconds ?? double.NaN),
        new("queue_empty_after_s", _seconds),
    ];

    public async Task RunAsync()
    {
        // One goes before them, as job types must be known; it is gone when the queue fills.
        await using var space = await ChaosSpace.OpenAsync(settings, workers: 1, Slots);
        await space.Fleet.Workers[0].KillAsync();
        await space.Load.MakeAsync(Jobs, "chaos.work", """{"milliseconds":0}""");
        var since = Stopwatch.GetTimestamp();
        await space.Fleet.ReplaceAsync(space.Fleet.Workers[0]);
        space.Fleet.Start(Workers - 1);
        _announced = await Waiting.TryUntilAsync(TimeSpan.FromMinutes(3), async () => await space.AskAsync(database => database.SetLengthAsync(space.Jobs.Keys.Servers)) >= Workers);
        _settled = await space.SettleAsync(TimeSpan.FromMinutes(20));
        _seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        _ended = space.Fleet.Workers.Count(worker => worker.HasEnded);
        _verdict = await space.JudgeAsync();
    }
}
