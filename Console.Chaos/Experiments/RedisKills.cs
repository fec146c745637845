using OpsConsole.Bench;
using OpsConsole.Chaos.Servers;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Kills of Redis under one policy, while four callers make one job after the other.</summary>
internal sealed class RedisKills(ChaosSettings settings, string policy, int kills)
{
    private const int Callers = 4;
    private static readonly TimeSpan s_callerPause = TimeSpan.FromMilliseconds(4);
    private readonly List<DateTimeOffset> _killedAt = [];
    private Verdict? _verdict;
    private int _refused;
    private bool _settled;
    private int _mended;

    // What is left of lost writes may not fit together, and is then what the sweep is for.
    private bool LosesWrites => policy != "always";

    public long Lost => _verdict!.Lost.Count;

    public long DoubleEffects => _verdict!.Audit.DoubleEffects;

    /// <summary>Longest time between the acknowledgement of a job that was lost and the kill that followed.</summary>
    public double LostSpanSeconds => _verdict!.Lost.Select(SpanOf).DefaultIfEmpty().Max();

    public IEnumerable<Figure> Figures =>
    [
        .. _verdict!.Figures.Where(figure => figure.Name is not ("effects_refused" or "found_by_sweep")).Select(figure => figure with { Name = $"{policy}_{figure.Name}" }),
        new($"{policy}_found_by_sweep", _verdict.FoundBySweep.Count, AtMost: LosesWrites ? null : 0),
        new($"{policy}_not_acknowledged", _refused),
        new($"{policy}_torn_transactions_cut", _mended),
        new($"{policy}_settled", _settled ? 1 : 0, AtLeast: 1),
    ];

    public async Task RunAsync()
    {
        await using var space = await ChaosSpace.OpenAsync(settings, workers: 2, slots: 10, redisOptions: new Dictionary<string, string> { ["appendfsync"] = policy });
        await using (new DiskPressure(settings.Folder))
        {
            using var end = new CancellationTokenSource();
            var callers = Enumerable.Range(0, Callers).Select(_ => space.Load.KeepMakingAsync("chaos.work", """{"milliseconds":20}""", s_callerPause, end.Token)).ToArray();
            await KillAsync(space);
            await end.CancelAsync();
            _refused = (await Task.WhenAll(callers)).Sum();
        }
        _settled = await space.SettleAsync(TimeSpan.FromMinutes(2));
        _mended = space.Redis.Mended;
        _verdict = await space.JudgeAsync();
    }

    private async Task KillAsync(ChaosSpace space)
    {
        var random = new Random(kills);
        for (var i = 0; i < kills; i++)
        {
            var before = space.Load.Acknowledged.Count;
            await Waiting.TryUntilAsync(TimeSpan.FromSeconds(30), () => Task.FromResult(space.Load.Acknowledged.Count > before + 50));
            await Task.Delay(random.Next(200, 1_500));
            await space.Redis.KillAsync();
            _killedAt.Add(DateTimeOffset.UtcNow);
            await space.Redis.StartAsync();
        }
    }

    private double SpanOf(string id)
    {
        var at = _verdict!.Acknowledged[id];
        return _killedAt.Where(kill => kill >= at).Select(kill => (kill - at).TotalSeconds).DefaultIfEmpty(double.PositiveInfinity).First();
    }
}
