using System.Diagnostics;
using OpsConsole.Bench;
using OpsConsole.Jobs.Client;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Jobs that end the process that runs them, among many that do not.</summary>
internal sealed class Poison : IExperiment
{
    private const int Workers = 4;
    private const int Slots = 10;
    private const double MostMegabytes = 700;
    private static readonly string[] s_poisons = ["poison.fail-fast", "poison.overflow", "poison.eat"];

    public string Name => "poison";

    public string About => "FailFast, stack overflow, memory eater: quarantined after 3 starts, the other jobs keep 90 % of their rate";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var (lease, jobs, calm) = settings.Quick ? (6, 2_500, 2) : (15, 22_000, 15);
        await using var space = await ChaosSpace.OpenAsync(settings, Workers, Slots, lease);
        using var end = new CancellationTokenSource();
        var supervised = space.Fleet.SuperviseAsync(MostMegabytes, end.Token);
        await space.Load.MakeAsync(jobs, "chaos.work", """{"milliseconds":200}""");
        await Task.Delay(TimeSpan.FromSeconds(2));
        var before = await RateAsync(space, () => Task.Delay(TimeSpan.FromSeconds(calm)));
        var since = Stopwatch.GetTimestamp();
        var poisons = new List<EnqueueResult>();
        foreach (var type in s_poisons)
        {
            poisons.Add(await space.Client.EnqueueAsync(type, "{}"));
            // Apart, so that each ends a worker of its own.
            await Task.Delay(1_500);
        }
        var during = await RateAsync(space, () => Waiting.TryUntilAsync(TimeSpan.FromMinutes(3), async () => await QuarantinedAsync(space, poisons) == poisons.Count));
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var backlog = await space.AskAsync(database => database.ListLengthAsync(space.Jobs.Keys.Queue("default")));
        var settled = await space.SettleAsync(TimeSpan.FromMinutes(3));
        await end.CancelAsync();
        var verdict = await space.JudgeAsync();
        var quarantined = await space.AskAsync(database => database.SortedSetLengthAsync(space.Jobs.Keys.Quarantine));
        return new ChaosReport(Name, $"{poisons.Count} poisonous jobs among {jobs:N0} on {Workers} workers of {Slots} slots; all were in quarantine after {seconds:0} s", verdict.Lost.Count, verdict.Audit.DoubleEffects,
        [
            .. verdict.Figures,
            new Figure("settled", settled ? 1 : 0, AtLeast: 1),
            new Figure("poisons_quarantined", await QuarantinedAsync(space, poisons), AtLeast: poisons.Count),
            new Figure("most_starts_of_a_poison", poisons.Max(poison => verdict.Audit.Starts(poison.Id)), AtMost: 3),
            new Figure("others_quarantined", quarantined - await QuarantinedAsync(space, poisons), AtMost: 0),
            new Figure("workers_lost", await supervised),
            new Figure("rate_before_per_s", before),
            new Figure("rate_during_per_s", during),
            settings.Timed("rate_kept_percent", 100 * during / before, atLeast: 90),
            settings.Timed("backlog_at_the_end", backlog, atLeast: 1),
        ]);
    }

    private static async Task<double> RateAsync(ChaosSpace space, Func<Task> meanwhile)
    {
        var (done, since) = (await space.SucceededAsync(), Stopwatch.GetTimestamp());
        await meanwhile();
        return (await space.SucceededAsync() - done) / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    private static async Task<int> QuarantinedAsync(ChaosSpace space, List<EnqueueResult> poisons)
    {
        var places = await Task.WhenAll(poisons.Select(poison => space.AskAsync(database => database.SortedSetScoreAsync(space.Jobs.Keys.Quarantine, poison.Id))));
        return places.Count(place => place is not null);
    }
}
