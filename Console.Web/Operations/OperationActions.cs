using System.Globalization;
using System.Security.Claims;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Operations;

/// <summary>The only door for mass operations. Refuses by permission, whatever the page showed, and records everything.</summary>
public sealed class OperationActions
{
    private readonly OperationStore _store;
    private readonly BulkControl _control;
    private readonly OperatorGate _gate;

    internal OperationActions(OperationStore store, BulkControl control, OperatorGate gate) => (_store, _control, _gate) = (store, control, gate);

    /// <summary>Makes an operation on jobs; whichever console runs operations takes it up at once.</summary>
    /// <param name="jobIds">Distinct, in the order in which they are acted on.</param>
    /// <returns>What came of it, and the id of the operation when it was made.</returns>
    public async Task<(OperationResult Result, Guid? Id)> StartAsync(ClaimsPrincipal user, BulkDraft draft, IReadOnlyList<string> jobIds, CancellationToken cancel = default)
    {
        Guid? made = null;
        var operation = On(draft, AuditKinds.StartOperation) with { Reason = draft.Reason, IsReasonRequired = true };
        var result = await _gate.RunAsync(user, operation, async token =>
        {
            if (DraftCheck.FaultIn(draft) is { } fault)
                return OperationResult.Refuse(fault, jobIds.Count);
            var creation = await _store.CreateAsync(draft with { Reason = draft.Reason.Trim() }, user.GetDisplayName(), await _control.GetTimeAsync(token), jobIds, token);
            if ((made = creation.Id) is null)
                return OperationResult.Refuse(creation.Refusal, jobIds.Count);
            return OperationResult.Accept($"Started, with {NumberText.Of(jobIds.Count, "job", "jobs")} in the set.") with { Facts = Facts(draft, made.Value, jobIds.Count) };
        }, cancel);
        return (result, made);
    }

    public Task<OperationResult> PauseAsync(ClaimsPrincipal user, BulkOperation operation, string? why, CancellationToken cancel = default) =>
        SteerAsync(user, operation, AuditKinds.PauseOperation, why, token => _store.PauseAsync(operation.Id, user.GetDisplayName(), why?.Trim() ?? "", token), "is paused", "does not run", cancel);

    public Task<OperationResult> ResumeAsync(ClaimsPrincipal user, BulkOperation operation, string? why, CancellationToken cancel = default) =>
        SteerAsync(user, operation, AuditKinds.ResumeOperation, why, token => _store.ResumeAsync(operation.Id, user.GetDisplayName(), why?.Trim() ?? "", token), "goes on", "is not paused", cancel);

    /// <summary>Goes on with the next step of a canary.</summary>
    public Task<OperationResult> ContinueAsync(ClaimsPrincipal user, BulkOperation operation, CancellationToken cancel = default) =>
        SteerAsync(user, operation, AuditKinds.ContinueOperation, null, token => _store.ContinueAsync(operation.Id, operation.Step, user.GetDisplayName(), token), "goes on", "does not wait for anybody any more", cancel);

    /// <summary>Ends it for good; what it has acted on stays.</summary>
    public Task<OperationResult> StopAsync(ClaimsPrincipal user, BulkOperation operation, string? why, CancellationToken cancel = default) =>
        SteerAsync(user, operation, AuditKinds.StopOperation, why, token => _store.StopAsync(operation.Id, user.GetDisplayName(), why?.Trim() ?? "", token), "is stopped", "was over already", cancel);

    /// <param name="perMinute">Null: no cap.</param>
    public Task<OperationResult> PaceAsync(ClaimsPrincipal user, BulkOperation operation, int? perMinute, CancellationToken cancel = default) =>
        SteerAsync(user, operation, AuditKinds.PaceOperation, null, token => _store.PaceAsync(operation.Id, perMinute, token),
            perMinute is { } cap ? $"acts on at most {NumberText.Of(cap, "job", "jobs")} a minute from now on" : "has no cap from now on", "was over already", cancel);

    private Task<OperationResult> SteerAsync(
        ClaimsPrincipal user, BulkOperation operation, string kind, string? why, Func<CancellationToken, Task<bool>> act, string done, string refused, CancellationToken cancel) =>
        _gate.RunAsync(user, On(operation.Draft, kind) with { Reason = why, Targets = [operation.Id.ToString("D")] }, async token =>
            await act(token) ? OperationResult.Accept($"The operation {done}.") : OperationResult.Refuse($"The operation {refused}. Look at it again."), cancel);

    private static Operation On(BulkDraft draft, string kind) =>
        new(draft.Kind == BulkKind.Delete ? Permissions.DeleteJobs : Permissions.RetryJobs, kind, "operation", BulkWords.Title(draft));

    private static Dictionary<string, object?> Facts(BulkDraft draft, Guid id, int jobs) => new Dictionary<string, object?>
    {
        ["operation"] = id.ToString("D"),
        ["jobs"] = jobs,
        ["source"] = draft.Source.ToString(),
        ["query"] = draft.SourceText,
        ["patch"] = draft.Kind == BulkKind.RetryPatched ? draft.Patch : null,
        ["canary"] = draft.Canary.ToString(),
        ["perMinute"] = draft.PerMinute?.ToString(CultureInfo.InvariantCulture),
        ["stopAbovePercent"] = draft.StopPercent?.ToString(CultureInfo.InvariantCulture),
    }.Where(fact => fact.Value is not (null or "")).ToDictionary();
}
