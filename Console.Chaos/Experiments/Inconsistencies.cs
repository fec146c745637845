using OpsConsole.Bench;
using OpsConsole.Chaos.Faults;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Somebody tampers with Redis in every way that the sweep knows, while workers work.</summary>
internal sealed class Inconsistencies : IExperiment
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public string Name => "inconsistencies";

    public string About => "every kind of inconsistency planted in Redis under load: found within 60 s, repaired or quarantined, nothing else touched";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var (each, jobs, lease) = settings.Quick ? (1, 500, 3) : (10, 20_000, 15);
        await using var space = await ChaosSpace.OpenAsync(settings, workers: 2, slots: 10, lease);
        using var stop = new CancellationTokenSource();
        await space.Load.MakeAsync(jobs, "chaos.work", """{"milliseconds":20}""");
        var making = space.Load.KeepMakingAsync("chaos.work", """{"milliseconds":20}""", TimeSpan.FromMilliseconds(20), stop.Token);
        // A worker without a record is given half a minute, which the short form does not have.
        var tampering = new Tampering(space, await space.AskAsync(Task.FromResult), withBareServers: !settings.Quick);
        for (var i = 0; i < each; i++)
            await tampering.PlantAllAsync();
        var lastFind = await space.UntilPlantsAreFoundAsync(s_limit * 2);
        await stop.CancelAsync();
        await making;
        await tampering.ReleaseAsync();
        var settled = await space.SettleAsync(TimeSpan.FromMinutes(5));
        var findings = await space.FindingsAsync();
        var verdict = await space.JudgeAsync();
        var (wanted, kinds) = (space.Plants, space.Plants.Select(plant => plant.Kind).Distinct().Count());
        var found = wanted.Count(plant => findings.Any(plant.IsMetBy));
        return new ChaosReport(Name, $"{kinds} kinds planted {each} times among {verdict.Acknowledged.Count:N0} jobs that two workers run", verdict.Lost.Count, verdict.Audit.DoubleEffects,
        [
            .. verdict.Figures,
            new Figure("settled", settled ? 1 : 0, AtLeast: 1),
            new Figure("kinds_planted", kinds, AtLeast: FindingKinds.All.Count - (settings.Quick ? 1 : 0)),
            new Figure("planted", wanted.Count),
            new Figure("found", found, AtLeast: wanted.Count),
            new Figure("repaired", findings.Count(finding => !finding.IsQuarantined)),
            new Figure("quarantined", findings.Count(finding => finding.IsQuarantined)),
            settings.Timed("last_find_s", lastFind?.TotalSeconds ?? double.NaN, atMost: s_limit.TotalSeconds),
        ]);
    }
}
