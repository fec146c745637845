using OpsConsole.Bench;
using OpsConsole.Chaos.Fleet;

namespace OpsConsole.Chaos.Experiments;

/// <summary>A worker hangs for longer than its lease, and comes back with jobs that are no longer its own.</summary>
internal sealed class PauseWorker : IExperiment
{
    private const int Slots = 10;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public string Name => "pause-worker";

    public string About => "SIGSTOP of a worker for 60 s beyond its lease: every stale finish refused, the worker announced again within 5 s";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var (lease, pause, jobs) = settings.Quick ? (5, 10, 240) : (15, 75, 1_600);
        await using var space = await ChaosSpace.OpenAsync(settings, workers: 2, Slots, lease);
        var worker = space.Fleet.Workers[0];
        await space.Load.MakeAsync(jobs / 2, "chaos.deaf", """{"milliseconds":1500}""");
        await space.Load.MakeAsync(jobs / 2, "chaos.work", """{"milliseconds":1500}""");
        // Not before its first jobs are done: it should be caught in the middle of its work.
        await Waiting.UntilAsync("the worker is busy", s_patience, async () => await space.SucceededAsync() >= 4 * Slots && (await HeldAsync(space, worker)).Count == Slots);
        await Task.Delay(300);
        await worker.FreezeAsync();
        await Task.Delay(100);
        var held = await HeldAsync(space, worker);
        await Task.Delay(TimeSpan.FromSeconds(pause));
        if (settings.Quick)
            await Waiting.TryUntilAsync(s_patience, async () => await StartedElsewhereAsync(space, held) == held.Count);
        var startedElsewhere = await StartedElsewhereAsync(space, held);
        var thawedAt = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await worker.ThawAsync();
        var announced = await Waiting.TryUntilAsync(s_patience, () => space.HasBeatenAsync(worker, thawedAt));
        var settled = await space.SettleAsync(TimeSpan.FromMinutes(5));
        await Waiting.TryUntilAsync(s_patience, () => Task.FromResult(worker.CountInLog("changed nothing") >= held.Count));
        var verdict = await space.JudgeAsync();
        return new ChaosReport(Name, $"one of two workers frozen for {pause} s with {held.Count} jobs, lease {lease} s", verdict.Lost.Count, verdict.Audit.DoubleEffects,
        [
            .. verdict.Figures,
            new Figure("settled", settled ? 1 : 0, AtLeast: 1),
            new Figure("held_when_frozen", held.Count),
            new Figure("started_elsewhere", startedElsewhere, AtLeast: held.Count),
            new Figure("stale_finishes_refused", worker.CountInLog("changed nothing"), AtLeast: held.Count),
            new Figure("stale_effects_refused", verdict.Audit.RefusedEffects, AtLeast: 1),
            new Figure("stale_finishes_taken", await StaleFinishesAsync(space, held), AtMost: 0),
            new Figure("announced_again", announced is null ? 0 : 1, AtLeast: 1),
            settings.Timed("announced_again_s", announced?.TotalSeconds ?? double.NaN, atMost: 5),
        ]);
    }

    private static async Task<List<HeldJob>> HeldAsync(ChaosSpace space, WorkerProcess worker) => [.. (await space.HeldAsync()).Where(job => job.ProcessId == worker.Id)];

    private static async Task<int> StartedElsewhereAsync(ChaosSpace space, List<HeldJob> held)
    {
        var attempts = await Task.WhenAll(held.Select(job => space.AskAsync(async database => (int)await database.HashGetAsync(space.Jobs.Keys.Job(job.Id), "Attempt"))));
        return held.Where((job, i) => attempts[i] > job.Attempt).Count();
    }

    private static async Task<int> StaleFinishesAsync(ChaosSpace space, List<HeldJob> held)
    {
        var stale = held.Select(job => (job.Id, Attempt: $"\"attempt\":{job.Attempt},")).ToHashSet();
        return (await StreamEvent.ReadAllAsync(space.Jobs)).Count(e => e.Kind is "succeeded" or "retrying" or "failed" && stale.Any(job => job.Id == e.Subject && e.Details.Contains(job.Attempt, StringComparison.Ordinal)));
    }
}
