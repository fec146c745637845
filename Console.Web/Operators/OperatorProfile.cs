using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Operators;

namespace OpsConsole.Web.Operators;

/// <summary>What people change about their own account. Needs a request, because the session cookie is written anew.</summary>
internal sealed class OperatorProfile(SignInManager<Operator> signIn, UserManager<Operator> users, OperatorGate gate)
{
    public Task<OperationResult> ChangeNameAsync(ClaimsPrincipal user, string? name, CancellationToken cancel = default) =>
        ChangeAsync(user, AuditKinds.ChangeName, async account =>
        {
            if (OperatorInput.NameProblem(name) is { } problem)
                return OperationResult.Refuse(problem);
            var before = account.DisplayName;
            account.DisplayName = name!.Trim();
            var result = await users.UpdateAsync(account);
            return result.Succeeded
                ? OperationResult.Accept("Your name was changed.") with { Facts = new Dictionary<string, object?> { ["before"] = before, ["after"] = account.DisplayName } }
                : OperationResult.Refuse(OperatorInput.Describe(result));
        }, cancel);

    /// <summary>Ends all other sessions of the account.</summary>
    public Task<OperationResult> ChangePasswordAsync(ClaimsPrincipal user, string? current, string? next, CancellationToken cancel = default) =>
        ChangeAsync(user, AuditKinds.ChangePassword, async account =>
        {
            if (OperatorInput.PasswordProblem(next, account.Email) is { } problem)
                return OperationResult.Refuse(problem);
            // Counts towards the lock-out: an open session must not be a way to guess the password.
            var known = await signIn.CheckPasswordSignInAsync(account, current ?? "", lockoutOnFailure: true);
            if (!known.Succeeded)
                return OperationResult.Refuse(known.IsLockedOut ? "Too many wrong passwords: wait some minutes." : "The current password is wrong.");
            var result = await users.ChangePasswordAsync(account, current!, next!);
            return result.Succeeded
                ? OperationResult.Accept("Your password was changed. Your other sessions have ended.")
                : OperationResult.Refuse(OperatorInput.Describe(result));
        }, cancel);

    private Task<OperationResult> ChangeAsync(ClaimsPrincipal user, string kind, Func<Operator, Task<OperationResult>> act, CancellationToken cancel) =>
        gate.RunAsync(user, new Operation(Permissions.OwnAccount, kind, "operator", user.GetEmail()), async _ =>
        {
            if (await users.GetUserAsync(user) is not { } account)
                return OperationResult.Refuse("Your account is not there any more.");
            var result = await act(account);
            if (result.Accepted)
                await signIn.RefreshSignInAsync(account);
            return result;
        }, cancel);
}
