using System.Security.Claims;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Figures.Targets;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Kpis;

/// <summary>Sets and removes targets, through the gate of all acts.</summary>
public sealed class KpiActions
{
    private readonly TargetStore _targets;
    private readonly OperatorGate _gate;

    internal KpiActions(TargetStore targets, OperatorGate gate) => (_targets, _gate) = (targets, gate);

    /// <param name="before">The target that was changed; null for a new one.</param>
    public Task<OperationResult> SetAsync(ClaimsPrincipal user, Target target, Target? before, string? why, CancellationToken cancel = default) =>
        _gate.RunAsync(user, new Operation(Permissions.SetTargets, AuditKinds.SetTarget, "target", Name(target)) { Reason = why }, async token =>
        {
            if (TargetLimits.ProblemOf(target) is { } problem)
                return OperationResult.Refuse("Not set. " + problem);
            return await _targets.SaveAsync(target, before?.Version, user.GetDisplayName(), token) switch
            {
                TargetWriteOutcome.Saved => OperationResult.Accept($"The target of {Name(target)} is {KpiText.Objective(target.Objective)}.") with
                {
                    Facts = new Dictionary<string, object?> { ["before"] = before is null ? null : KpiText.Objective(before.Objective), ["after"] = KpiText.Objective(target.Objective), ["limitMs"] = target.LimitMs },
                },
                TargetWriteOutcome.Taken => OperationResult.Refuse($"Not set: there is a target for {Name(target)} already. Change that one."),
                TargetWriteOutcome.Conflict => OperationResult.Refuse("Not set: somebody has changed or removed this target meanwhile. Look at it again."),
                _ => OperationResult.Refuse($"Not set: there are {TargetLimits.Targets} targets, which is the most. Remove one first."),
            };
        }, cancel);

    public Task<OperationResult> RemoveAsync(ClaimsPrincipal user, Target target, string? why, CancellationToken cancel = default) =>
        _gate.RunAsync(user, new Operation(Permissions.SetTargets, AuditKinds.RemoveTarget, "target", Name(target)) { Reason = why }, async token =>
            await _targets.DeleteAsync(target.Id, token)
                ? OperationResult.Accept($"The target of {Name(target)} is removed.") with { Facts = new Dictionary<string, object?> { ["before"] = KpiText.Objective(target.Objective) } }
                : OperationResult.Refuse("Somebody has removed this target already."), cancel);

    private static string Name(Target target) => $"{TargetWords.Subject(target)}, {TargetWords.Promise(target)}";
}
