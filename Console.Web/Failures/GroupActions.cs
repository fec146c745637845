using System.Security.Claims;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Failures;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Failures;

/// <summary>The only door for what operators do with groups of failures. Refuses by permission, whatever the page showed, and records everything.</summary>
public sealed class GroupActions
{
    private readonly GroupStore _store;
    private readonly OperatorGate _gate;
    private readonly TimeProvider _time;

    internal GroupActions(GroupStore store, OperatorGate gate, TimeProvider time) => (_store, _gate, _time) = (store, gate, time);

    public Task<OperationResult> AcknowledgeAsync(ClaimsPrincipal user, IReadOnlyList<FailureGroup> groups, string? why = null, CancellationToken cancel = default) =>
        RunAsync(user, AuditKinds.AcknowledgeFailures, groups, Change(user, GroupAct.Acknowledge, why), why, cancel);

    /// <param name="to">Null takes the owner away.</param>
    public Task<OperationResult> AssignAsync(ClaimsPrincipal user, IReadOnlyList<FailureGroup> groups, (Guid Id, string Name)? to, string? why = null, CancellationToken cancel = default) =>
        RunAsync(user, AuditKinds.AssignFailures, groups, Change(user, to is null ? GroupAct.Release : GroupAct.Assign, why) with { AssigneeId = to?.Id, Assignee = to?.Name }, why, cancel);

    /// <param name="until">Wakes them at this moment.</param>
    /// <param name="more">Wakes each after so many further failures; whatever of the two comes first.</param>
    public Task<OperationResult> SnoozeAsync(
        ClaimsPrincipal user, IReadOnlyList<FailureGroup> groups, DateTimeOffset? until, int? more, string? why = null, CancellationToken cancel = default) =>
        RunAsync(user, AuditKinds.SnoozeFailures, groups, Change(user, GroupAct.Snooze, why) with { SnoozeUntil = until, SnoozeMore = more }, why, cancel);

    public Task<OperationResult> ResolveAsync(ClaimsPrincipal user, IReadOnlyList<FailureGroup> groups, string? why = null, CancellationToken cancel = default) =>
        RunAsync(user, AuditKinds.ResolveFailures, groups, Change(user, GroupAct.Resolve, why), why, cancel);

    public Task<OperationResult> ReopenAsync(ClaimsPrincipal user, IReadOnlyList<FailureGroup> groups, string? why = null, CancellationToken cancel = default) =>
        RunAsync(user, AuditKinds.ReopenFailures, groups, Change(user, GroupAct.Reopen, why), why, cancel);

    /// <summary>Puts a note on the group, which everybody reads.</summary>
    public Task<OperationResult> NoteAsync(ClaimsPrincipal user, FailureGroup group, string note, CancellationToken cancel = default) =>
        RunAsync(user, AuditKinds.NoteFailure, [group], Change(user, GroupAct.Note, note), null, cancel);

    private static GroupChange Change(ClaimsPrincipal user, GroupAct act, string? why) => new(act, user.GetDisplayName(), why?.Trim() ?? "");

    private Task<OperationResult> RunAsync(ClaimsPrincipal user, string kind, IReadOnlyList<FailureGroup> groups, GroupChange change, string? why, CancellationToken cancel)
    {
        var few = groups.Take(GroupLimits.Targets).ToList();
        var name = few.Count == 0 ? "" : GroupWords.Title(few[0]) + (groups.Count > 1 ? FormattableString.Invariant($" and {groups.Count - 1:#,0} more") : "");
        var operation = new Operation(Permissions.TriageFailures, kind, "failure group", name) { Targets = [.. few.Select(group => group.Id.ToString("D"))], Reason = why };
        return _gate.RunAsync(user, operation, async token => Fault(groups, change) is { } fault
            ? OperationResult.Refuse(fault, Math.Max(1, groups.Count))
            : GroupAnswers.Sum(groups, await _store.ChangeAsync([.. groups.Select(group => new GroupTarget(group.Id, group.Version))], change, token), change, _time.GetUtcNow()), cancel);
    }

    private string? Fault(IReadOnlyList<FailureGroup> groups, GroupChange change) => change switch
    {
        _ when groups.Count is 0 or > GroupLimits.Targets => $"One act takes 1 to {GroupLimits.Targets:N0} groups; these are {groups.Count:N0}. Select fewer.",
        { Act: GroupAct.Note, Text.Length: 0 } => "The note is empty. Write something, or leave it.",
        { Act: GroupAct.Note, Text.Length: > GroupLimits.Note } => $"The note is longer than {GroupLimits.Note:N0} characters. Shorten it.",
        { Act: GroupAct.Snooze, SnoozeUntil: null, SnoozeMore: null } => "Say until when it is snoozed, or for how many further failures.",
        { Act: GroupAct.Snooze, SnoozeMore: < 1 or > GroupLimits.SnoozeCount } => $"A snooze waits for 1 to {GroupLimits.SnoozeCount:N0} further failures.",
        { Act: GroupAct.Snooze } when change.SnoozeUntil <= _time.GetUtcNow() => "The snooze would end in the past. Choose a later moment.",
        _ => null,
    };
}
