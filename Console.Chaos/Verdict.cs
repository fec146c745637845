using OpsConsole.Bench;
using OpsConsole.Chaos.Ledger;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Chaos;

/// <summary>What is left when all has settled.</summary>
/// <param name="Acknowledged">Jobs whose making was acknowledged, and when.</param>
/// <param name="Audit">The ledger, read through.</param>
/// <param name="Places">Where every job is.</param>
/// <param name="FoundBySweep">What the sweep has found, beside what was made wrong on purpose.</param>
internal sealed record Verdict(IReadOnlyDictionary<string, DateTimeOffset> Acknowledged, LedgerAudit Audit, Invariants Places, IReadOnlyList<Finding> FoundBySweep)
{
    private const int Explained = 10;

    /// <summary>Acknowledged jobs that Redis does not count as succeeded, or that have left no effect.</summary>
    public IReadOnlyList<string> Lost { get; } = [.. Acknowledged.Keys.Where(id => Places.States[id] != "Succeeded" || !Audit.HasEffect(id))];

    /// <summary>Writes down what there is to know of the first few jobs that are lost or not in one place.</summary>
    public async Task ExplainAsync(IDatabase database, RedisKeys keys)
    {
        foreach (var broken in Places.Broken.Take(Explained))
            await Console.Error.WriteLineAsync($"not in one place: {broken}");
        foreach (var finding in FoundBySweep.Take(Explained))
            await Console.Error.WriteLineAsync($"found by the sweep: {finding.Kind} {finding.Subject} in '{finding.Place}', {finding.At:HH:mm:ss.fff}. {finding.Did}");
        foreach (var id in Lost.Concat(Places.Broken.Select(broken => broken.Split(':')[0])).Distinct().Take(Explained))
        {
            var job = await database.HashGetAllAsync(keys.Job(id));
            var history = await database.ListRangeAsync(keys.JobHistory(id));
            await Console.Error.WriteLineAsync($"{id}: {Audit.Starts(id)} starts, effect {Audit.HasEffect(id)}; {string.Join(' ', job.Select(field => $"{field.Name}={field.Value}"))}; {string.Join(' ', history.Select(entry => (string)entry!))}");
        }
    }

    /// <summary>What every experiment tells.</summary>
    public IReadOnlyList<Figure> Figures =>
    [
        new("jobs", Acknowledged.Count),
        new("not_in_one_place", Places.Broken.Count, AtMost: 0),
        new("found_by_sweep", FoundBySweep.Count, AtMost: 0),
        new("restarts", Audit.Restarts),
        new("effects_repeated", Audit.RepeatedEffects),
        new("effects_refused", Audit.RefusedEffects),
    ];
}
