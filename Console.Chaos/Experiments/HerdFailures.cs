using OpsConsole.Bench;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Jobs that all fail in one moment, as when what they all call goes away, under the policy that a job has when its writer says nothing but "retry".</summary>
internal sealed class HerdFailures(ChaosSettings settings)
{
    private Verdict? _verdict;
    private IReadOnlyList<double> _failedAt = [];
    private int[] _retriesBySecond = [];
    private bool _settled;

    public int Jobs { get; } = settings.Quick ? 600 : 10_000;

    public double Lost => _verdict!.Lost.Count;

    public double DoubleEffects => _verdict!.Audit.DoubleEffects;

    public double FailedWithinSeconds => _failedAt.Count == 0 ? double.NaN : _failedAt.Max() - _failedAt.Min();

    public IEnumerable<Figure> Figures =>
    [
        .. _verdict!.Figures.Where(figure => figure.Name is "jobs" or "not_in_one_place" or "found_by_sweep").Select(figure => figure with { Name = "failures_" + figure.Name }),
        new("failures_settled", _settled ? 1 : 0, AtLeast: 1),
        new("failed", _failedAt.Count),
        new("failed_within_s", FailedWithinSeconds),
        new("retried", _retriesBySecond.Sum(), AtLeast: _failedAt.Count),
        new("retried_within_s", _retriesBySecond.Length),
        new("retries_per_s_mean", _retriesBySecond.Average()),
        settings.Timed("retries_per_s_max_of_mean", _retriesBySecond.Max() / _retriesBySecond.Average(), atMost: 2),
    ];

    public async Task RunAsync()
    {
        var workers = settings.Quick ? 3 : 20;
        await using var space = await ChaosSpace.OpenAsync(settings, workers, Jobs / workers);
        // So late that all of them run by then, each in a slot.
        var at = DateTimeOffset.UtcNow.AddSeconds(settings.Quick ? 5 : 30);
        await space.Load.MakeAsync(Jobs, "chaos.together", $$"""{"at":{{at.ToUnixTimeMilliseconds()}}}""");
        await Task.Delay(at - DateTimeOffset.UtcNow);
        _settled = await space.SettleAsync(TimeSpan.FromMinutes(5));
        _verdict = await space.JudgeAsync();
        var events = await StreamEvent.ReadAllAsync(space.Jobs);
        _failedAt = [.. events.Where(e => e.Kind == "retrying").Select(e => e.At)];
        _retriesBySecond = BySecond(events.Where(e => e.Kind == "processing" && e.Details.Contains("\"attempt\":2,", StringComparison.Ordinal)).Select(e => e.At));
    }

    // Seconds of the wall, from the first that has one to the last.
    private static int[] BySecond(IEnumerable<double> moments)
    {
        var seconds = moments.Select(Math.Floor).ToList();
        var first = seconds.DefaultIfEmpty().Min();
        var counts = new int[(int)(seconds.DefaultIfEmpty().Max() - first) + 1];
        foreach (var second in seconds)
            counts[(int)(second - first)]++;
        return counts;
    }
}
