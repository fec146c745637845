using System.Globalization;
using System.Security.Claims;
using OpsConsole.Data.Audit;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Operators;

/// <summary>The only door for what operators do with jobs and queues. Refuses by permission, whatever the page showed, and records everything.</summary>
public sealed class OperatorActions
{
    private readonly JobControl _control;
    private readonly JobClient _client;
    private readonly OperatorGate _gate;

    internal OperatorActions(JobControl control, JobClient client, OperatorGate gate) => (_control, _client, _gate) = (control, client, gate);

    /// <summary>Puts jobs back into their queue, or into another one.</summary>
    public Task<OperationResult> RetryJobsAsync(
        ClaimsPrincipal user, IReadOnlyList<string> jobIds, string? reason, string? queue = null, CancellationToken cancel = default) =>
        OnJobsAsync(user, new(Permissions.RetryJobs, AuditKinds.RetryJobs, "job", "") { Reason = reason }, jobIds,
            (id, actor, token) => _control.RetryAsync(id, actor, queue, token), queue, cancel);

    public Task<OperationResult> DeleteJobsAsync(ClaimsPrincipal user, IReadOnlyList<string> jobIds, string reason, CancellationToken cancel = default) =>
        OnJobsAsync(user, new(Permissions.DeleteJobs, AuditKinds.DeleteJobs, "job", "") { Reason = reason, IsReasonRequired = true }, jobIds,
            _control.DeleteAsync, null, cancel);

    /// <summary>Asks running jobs to stop; their workers answer through their events.</summary>
    public Task<OperationResult> CancelJobsAsync(ClaimsPrincipal user, IReadOnlyList<string> jobIds, string reason, CancellationToken cancel = default) =>
        OnJobsAsync(user, new(Permissions.CancelJobs, AuditKinds.CancelJobs, "job", "") { Reason = reason, IsReasonRequired = true }, jobIds,
            _control.CancelAsync, null, cancel);

    /// <param name="until">When the queue resumes by itself; null: when somebody resumes it.</param>
    public Task<OperationResult> PauseQueueAsync(
        ClaimsPrincipal user, string queue, string reason, DateTimeOffset? until = null, CancellationToken cancel = default)
    {
        var operation = new Operation(Permissions.PauseQueues, AuditKinds.PauseQueue, "queue", queue) { Reason = reason, IsReasonRequired = true };
        return _gate.RunAsync(user, operation, async token =>
        {
            var answer = await _control.PauseQueueAsync(queue, ActorOf(user, reason), until, token);
            return One(queue, answer, until is { } end ? new() { ["until"] = end.ToString("O", CultureInfo.InvariantCulture) } : []);
        }, cancel);
    }

    public Task<OperationResult> ResumeQueueAsync(ClaimsPrincipal user, string queue, string? reason, CancellationToken cancel = default)
    {
        var operation = new Operation(Permissions.PauseQueues, AuditKinds.ResumeQueue, "queue", queue) { Reason = reason };
        return _gate.RunAsync(user, operation, async token =>
            One(queue, await _control.ResumeQueueAsync(queue, ActorOf(user, reason), token), []), cancel);
    }

    /// <summary>Makes a job of a published type.</summary>
    public Task<OperationResult> TriggerAsync(
        ClaimsPrincipal user, string jobType, string argumentsJson, EnqueueOptions? options, string? reason, CancellationToken cancel = default)
    {
        var operation = new Operation(Permissions.TriggerJobs, AuditKinds.Trigger, "job type", jobType) { Reason = reason };
        return _gate.RunAsync(user, operation, async token =>
        {
            var chosen = options ?? new EnqueueOptions();
            var why = string.IsNullOrWhiteSpace(reason) ? $"Triggered by {user.GetDisplayName()}" : reason.Trim();
            var answer = await _client.EnqueueAsync(jobType, argumentsJson, chosen with { Reason = chosen.Reason ?? why }, token);
            return Made(answer, chosen);
        }, cancel);
    }

    private Task<OperationResult> OnJobsAsync(
        ClaimsPrincipal user, Operation operation, IReadOnlyList<string> jobIds, Func<string, Actor, CancellationToken, Task<ControlResult>> act,
        string? queue, CancellationToken cancel)
    {
        var ids = jobIds.Distinct(StringComparer.Ordinal).ToList();
        operation = operation with { Target = BulkRun.Name(ids), Targets = ids.Count > 1 ? ids : [] };
        var actor = ActorOf(user, operation.Reason);
        return _gate.RunAsync(user, operation, token => BulkRun.RunAsync(ids, (id, t) => act(id, actor, t), queue, token), cancel);
    }

    private static Actor ActorOf(ClaimsPrincipal user, string? reason) => new(user.GetDisplayName(), reason?.Trim() ?? "");

    private static OperationResult One(string target, ControlResult answer, Dictionary<string, object?> facts) => new()
    {
        Accepted = answer.IsAccepted,
        Message = answer.Message,
        Done = answer.IsAccepted ? 1 : 0,
        Refused = answer.IsAccepted ? 0 : 1,
        Refusals = answer.IsAccepted ? [] : [new OperationRefusal(target, answer.Message)],
        Facts = facts,
    };

    private static OperationResult Made(EnqueueResult answer, EnqueueOptions options) => new()
    {
        Accepted = answer.IsCreated,
        Message = answer.Message,
        Done = answer.IsCreated ? 1 : 0,
        Refused = answer.IsCreated ? 0 : 1,
        JobId = answer.Outcome is EnqueueOutcome.Created or EnqueueOutcome.AlreadyExists ? answer.Id : null,
        Problems = answer.Problems,
        Facts = new Dictionary<string, object?>
        {
            ["outcome"] = answer.Outcome.ToString(),
            ["job"] = answer.Id,
            ["queue"] = options.Queue,
            ["at"] = options.At?.ToString("O", CultureInfo.InvariantCulture),
            ["problems"] = answer.Problems.Take(OperationLimits.ListedRefusals).Select(problem => problem.ToString()).ToList(),
        }.Where(fact => fact.Value is not (null or "" or List<string> { Count: 0 })).ToDictionary(),
    };
}
