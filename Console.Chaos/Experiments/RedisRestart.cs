using System.Diagnostics;
using OpsConsole.Bench;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Redis is killed and started again while workers empty a long queue as fast as they can.</summary>
internal sealed class RedisRestart(ChaosSettings settings)
{
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(500);
    private Verdict? _verdict;
    private double _before;
    private double? _backSeconds;
    private int _ended;
    private bool _settled;

    public int Jobs { get; } = settings.Quick ? 4_000 : 50_000;

    public long Lost => _verdict!.Lost.Count;

    public long DoubleEffects => _verdict!.Audit.DoubleEffects;

    public IEnumerable<Figure> Figures =>
    [
        .. _verdict!.Figures.Where(figure => figure.Name is "restarts" or "not_in_one_place" or "found_by_sweep").Select(figure => figure with { Name = "restart_" + figure.Name }),
        new("restart_settled", _settled ? 1 : 0, AtLeast: 1),
        new Figure("restart_rate_before_per_s", _before),
        settings.Timed("restart_full_speed_s", _backSeconds ?? double.NaN, atMost: 5),
        new("restart_workers_ended", _ended, AtMost: 0),
    ];

    public async Task RunAsync()
    {
        // Jobs that take a moment, so that the rate hangs on the workers and not on what else the machine does.
        await using var space = await ChaosSpace.OpenAsync(settings, workers: 2, slots: 20, redisOptions: new Dictionary<string, string> { ["appendfsync"] = "always" });
        await space.Load.MakeAsync(Jobs, "chaos.work", """{"milliseconds":50}""");
        await RateAsync(space, TimeSpan.FromSeconds(2));
        _before = await RateAsync(space, TimeSpan.FromSeconds(4));
        await space.Redis.KillAsync();
        await Task.Delay(300);
        await space.Redis.StartAsync();
        var since = Stopwatch.GetTimestamp();
        while (_backSeconds is null && Stopwatch.GetElapsedTime(since).TotalSeconds < (settings.Quick ? 5 : 60))
        {
            var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
            if (await RateAsync(space, s_window) >= 0.9 * _before)
                _backSeconds = seconds;
        }
        _settled = await space.SettleAsync(TimeSpan.FromMinutes(5));
        _ended = space.Fleet.Workers.Count(worker => worker.HasEnded);
        _verdict = await space.JudgeAsync();
    }

    private static async Task<double> RateAsync(ChaosSpace space, TimeSpan time)
    {
        var (done, since) = (await space.SucceededAsync(), Stopwatch.GetTimestamp());
        await Task.Delay(time);
        return (await space.SucceededAsync() - done) / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }
}
