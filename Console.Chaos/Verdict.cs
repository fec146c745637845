using OpsConsole.Bench;
using OpsConsole.Chaos.Ledger;

namespace OpsConsole.Chaos;

/// <summary>What is left when all has settled.</summary>
/// <param name="Acknowledged">Jobs whose making was acknowledged, and when.</param>
/// <param name="Audit">The ledger, read through.</param>
/// <param name="Places">Where every job is.</param>
internal sealed record Verdict(IReadOnlyDictionary<string, DateTimeOffset> Acknowledged, LedgerAudit Audit, Invariants Places)
{
    /// <summary>Acknowledged jobs that Redis does not count as succeeded, or that have left no effect.</summary>
    public IReadOnlyList<string> Lost { get; } = [.. Acknowledged.Keys.Where(id => Places.States[id] != "Succeeded" || !Audit.HasEffect(id))];

    /// <summary>What every experiment tells.</summary>
    public IReadOnlyList<Figure> Figures =>
    [
        new("jobs", Acknowledged.Count),
        new("not_in_one_place", Places.Broken.Count, AtMost: 0),
        new("restarts", Audit.Restarts),
        new("effects_repeated", Audit.RepeatedEffects),
        new("effects_refused", Audit.RefusedEffects),
    ];
}
