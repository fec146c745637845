using OpsConsole.Bench;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Workers are killed at random, one after the other, while they work through a long queue.</summary>
internal sealed class KillWorkers : IExperiment
{
    private const int Workers = 4;
    private const int Slots = 10;

    public string Name => "kill-workers";

    public string About => "kill -9 of random workers, 200 times during 100,000 jobs: none lost, none twice, re-run within 20 s (p99) and 30 s";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var (jobs, kills, pause, work) = settings.Quick ? (2_000, 6, 500, 50) : (100_000, 200, 600, 40);
        await using var space = await ChaosSpace.OpenAsync(settings, Workers, Slots);
        await space.Load.MakeAsync(jobs, "chaos.work", $$"""{"milliseconds":{{work}}}""");
        var victims = await KillAsync(space, kills, pause);
        var inFlight = victims.Count;
        var settled = await space.SettleAsync(TimeSpan.FromMinutes(10));
        var quarantined = await space.RetryQuarantinedAsync(TimeSpan.FromMinutes(2));
        var verdict = await space.JudgeAsync();
        victims.RemoveAll(victim => quarantined.Contains(victim.Job.Id));
        var reruns = await Reruns.SecondsAsync(space, victims);
        return new ChaosReport(Name, $"{jobs:N0} jobs of {work} ms on {Workers} workers of {Slots} slots, {kills} kills", verdict.Lost.Count, verdict.Audit.DoubleEffects,
        [
            .. verdict.Figures,
            new Figure("settled", settled ? 1 : 0, AtLeast: 1),
            new Figure("kills", kills),
            new Figure("in_flight_at_kills", inFlight),
            new Figure("restarts_beyond_in_flight", verdict.Audit.Restarts - quarantined.Count - inFlight, AtMost: 0),
            new Figure("never_re_run", victims.Count - reruns.Count, AtMost: 0),
            new Figure("re_run_p50_s", Percentile.Of(reruns, 0.5)),
            settings.Timed("re_run_p99_s", Percentile.Of(reruns, 0.99), atMost: 20),
            settings.Timed("re_run_max_s", reruns.DefaultIfEmpty().Max(), atMost: 30),
            new Figure("quarantined", quarantined.Count),
        ]);
    }

    private static async Task<List<Victim>> KillAsync(ChaosSpace space, int kills, int pause)
    {
        var random = new Random(kills);
        var victims = new List<Victim>();
        for (var i = 0; i < kills; i++)
        {
            await Task.Delay(random.Next(pause / 2, pause * 3 / 2));
            var worker = space.Fleet.Workers[random.Next(Workers)];
            await worker.KillAsync();
            var at = DateTimeOffset.UtcNow;
            await space.SilentAsync(worker);
            victims.AddRange((await space.HeldAsync()).Where(job => job.ProcessId == worker.Id).Select(job => new Victim(job, at)));
            await space.Fleet.ReplaceAsync(worker);
        }
        return victims;
    }
}
