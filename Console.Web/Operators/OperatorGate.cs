using System.Security.Claims;
using OpsConsole.Data;
using OpsConsole.Data.Audit;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Web.Operators;

/// <summary>
/// Every act passes here: authorise, put on record, act, complete the record. What is refused is on record too, and what
/// cannot be put on record does not happen.
/// </summary>
internal sealed class OperatorGate(AuditStore audit, SessionCheck sessions, ILogger<OperatorGate> log)
{
    public async Task<OperationResult> RunAsync(
        ClaimsPrincipal user, Operation operation, Func<CancellationToken, Task<OperationResult>> act, CancellationToken cancel = default)
    {
        long id;
        try
        {
            if (await RefusalAsync(user, operation, cancel) is { } refusal)
            {
                await audit.RecordAsync(Draft(user, operation), AuditResult.Refused, refusal, cancel);
                log.LogWarning("{Who} was refused {Kind} on {Target}: {Reason}", user.GetEmail(), operation.Kind, operation.Target, refusal);
                return OperationResult.Refuse(refusal);
            }
            id = await audit.BeginAsync(Draft(user, operation), cancel);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            log.LogError("{Kind} on {Target} was not done, because it could not be put on record: {Error}", operation.Kind, operation.Target, e.GetBaseException().Message);
            return OperationResult.Refuse("Not done: the database does not answer, so the act could not be put on record. Try again when it is back.");
        }
        return await ActAsync(id, user, operation, act, cancel);
    }

    private static AuditDraft Draft(ClaimsPrincipal user, Operation operation) => new(operation.Kind, operation.TargetKind, operation.Target)
    {
        Targets = operation.Targets,
        OperatorId = user.GetOperatorId(),
        OperatorName = user.GetEmail() is { Length: > 0 } email ? email : "not signed in",
        Reason = string.IsNullOrWhiteSpace(operation.Reason) ? null : operation.Reason.Trim(),
        RemoteAddress = user.GetRemoteAddress(),
    };

    private async Task<string?> RefusalAsync(ClaimsPrincipal user, Operation operation, CancellationToken cancel)
    {
        if (user.Identity is not { IsAuthenticated: true })
            return "You are not signed in. Sign in and try again.";
        if (!user.May(operation.Permission))
            return $"Your role does not permit this ({operation.Permission}). Ask an administrator.";
        if (!await sessions.IsCurrentAsync(user, cancel))
            return "Your account was changed since you signed in. Sign in again to go on.";
        return operation.ReasonProblem();
    }

    private async Task<OperationResult> ActAsync(
        long id, ClaimsPrincipal user, Operation operation, Func<CancellationToken, Task<OperationResult>> act, CancellationToken cancel)
    {
        OperationResult result;
        // Everything that is logged during the act, by whatever code, names the entry and the target.
        using var scope = log.BeginScope(new Dictionary<string, object> { ["AuditEntry"] = id, [operation.TargetKind == "job" ? "JobId" : "Target"] = operation.Target });
        try
        {
            result = await act(cancel);
        }
        catch (Exception e) when (e is JobStorageException || ConsoleDatabase.IsAway(e))
        {
            log.LogError(e, "{Kind} on {Target} failed", operation.Kind, operation.Target);
            result = new OperationResult { Message = "It is not known whether this was done. " + e.Message, Refused = 1, Recorded = AuditResult.Failed };
        }
        catch (Exception e)
        {
            await CompleteAsync(id, new OperationResult { Message = e.Message, Recorded = AuditResult.Failed });
            throw;
        }
        log.LogInformation("{Who}: {Kind} on {Target}: {Result}, {Message}", user.GetEmail(), operation.Kind, operation.Target, result.Result, result.Message);
        return await CompleteAsync(id, result)
            ? result
            : result with { Message = result.Message + $" The audit shows it as unfinished (entry {id}), because the database does not answer." };
    }

    private async Task<bool> CompleteAsync(long id, OperationResult result)
    {
        try
        {
            // Whoever asked may have left; the record is completed all the same.
            await audit.CompleteAsync(id, result.Result, result.Message, OperationDetails.ToJson(result), CancellationToken.None);
            return true;
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            log.LogError("Audit entry {Entry} stays unfinished although its act is over ({Result}: {Message}): {Error}", id, result.Result, result.Message, e.GetBaseException().Message);
            return false;
        }
    }
}
