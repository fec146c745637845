using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OpsConsole.Data;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Operators;

namespace OpsConsole.Web.Operators;

/// <summary>What administrators do with accounts. Every method that changes something passes the gate.</summary>
internal sealed class OperatorAccounts(IServiceScopeFactory scopes, IDbContextFactory<ConsoleDbContext> contexts, OperatorGate gate, TimeProvider time)
{
    // Two administrators who demote each other at the same moment must not both succeed.
    private const long AdministratorsLock = 0x6F70_7361_646D_696E;

    /// <summary>By e-mail address; at most <see cref="OperatorLimits.ListedOperators"/>.</summary>
    public async Task<IReadOnlyList<OperatorRow>> ListAsync(CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancel);
        var rows =
            from user in context.Users
            join link in context.UserRoles on user.Id equals link.UserId into links
            from link in links.DefaultIfEmpty()
            join role in context.Roles on link!.RoleId equals role.Id into roles
            from role in roles.DefaultIfEmpty()
            orderby user.NormalizedEmail
            select new OperatorRow(
                user.Id, user.Email!, user.DisplayName, role!.Name ?? "", user.CreatedAt, user.LastSignInAt, user.DisabledAt,
                user.LockoutEnd > now ? user.LockoutEnd : null, user.PasswordHash != null);
        return await rows.Take(OperatorLimits.ListedOperators).ToListAsync(cancel);
    }

    /// <summary>Makes an account without a password, and the link by which its owner chooses one.</summary>
    public Task<Invitation> InviteAsync(ClaimsPrincipal by, string email, string displayName, string role, CancellationToken cancel = default) =>
        WithLinkAsync(by, AuditKinds.CreateOperator, email, async (users, _) =>
        {
            if (OperatorInput.Problem(email, displayName, role) is { } problem)
                return (OperationResult.Refuse(problem), null);
            var user = new Operator { UserName = email.Trim(), Email = email.Trim(), DisplayName = displayName.Trim(), CreatedAt = time.GetUtcNow() };
            var created = await users.CreateAsync(user);
            if (!created.Succeeded)
                return (OperationResult.Refuse(OperatorInput.Describe(created)), null);
            await Must(users.AddToRoleAsync(user, role));
            return (OperationResult.Accept($"{user.Email} may sign in as {role} after choosing a password.") with { Facts = Fact("role", role) }, user);
        }, cancel);

    /// <summary>A new link for somebody who has lost the password or the first link. Earlier links stop working.</summary>
    public Task<Invitation> RenewLinkAsync(ClaimsPrincipal by, Guid id, string email, CancellationToken cancel = default) =>
        WithLinkAsync(by, AuditKinds.InviteOperator, email, async (users, _) =>
        {
            if (await users.FindByIdAsync(id.ToString()) is not { } user)
                return (OperationResult.Refuse($"There is no account {email} any more."), null);
            await Must(users.UpdateSecurityStampAsync(user));
            return (OperationResult.Accept($"A new password link was made for {user.Email}. Earlier links and open sessions have ended."), user);
        }, cancel);

    public Task<OperationResult> ChangeRoleAsync(ClaimsPrincipal by, Guid id, string email, string role, CancellationToken cancel = default) =>
        ChangeAsync(by, AuditKinds.ChangeRole, id, email, async (users, user) =>
        {
            if (!OperatorRole.All.Contains(role))
                return OperationResult.Refuse($"There is no role '{role}'.");
            var before = await users.GetRolesAsync(user);
            await Must(users.RemoveFromRolesAsync(user, before));
            await Must(users.AddToRoleAsync(user, role));
            return OperationResult.Accept($"{user.Email} is {role} now.") with
            {
                Facts = new Dictionary<string, object?> { ["before"] = before.ToList(), ["after"] = role },
            };
        }, cancel);

    public Task<OperationResult> DisableAsync(ClaimsPrincipal by, Guid id, string email, CancellationToken cancel = default) =>
        ChangeAsync(by, AuditKinds.DisableOperator, id, email, (_, user) =>
        {
            user.DisabledAt = time.GetUtcNow();
            return Task.FromResult(OperationResult.Accept($"{user.Email} may not sign in any more. Open sessions end within a minute."));
        }, cancel);

    public Task<OperationResult> EnableAsync(ClaimsPrincipal by, Guid id, string email, CancellationToken cancel = default) =>
        ChangeAsync(by, AuditKinds.EnableOperator, id, email, (_, user) =>
        {
            user.DisabledAt = null;
            user.LockoutEnd = null;
            user.AccessFailedCount = 0;
            return Task.FromResult(OperationResult.Accept($"{user.Email} may sign in again."));
        }, cancel);

    private async Task<Invitation> WithLinkAsync(
        ClaimsPrincipal by, string kind, string email, Func<UserManager<Operator>, ConsoleDbContext, Task<(OperationResult, Operator?)>> act, CancellationToken cancel)
    {
        string? path = null;
        var result = await RunAsync(by, kind, email, async (users, context) =>
        {
            var (answer, user) = await act(users, context);
            if (user is not null)
                path = PasswordLink.Path(user.Id, await users.GeneratePasswordResetTokenAsync(user));
            return answer;
        }, cancel);
        return new Invitation(result, result.Accepted ? path : null);
    }

    private Task<OperationResult> ChangeAsync(
        ClaimsPrincipal by, string kind, Guid id, string email, Func<UserManager<Operator>, Operator, Task<OperationResult>> act, CancellationToken cancel) =>
        RunAsync(by, kind, email, async (users, context) =>
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdministratorsLock})", cancel);
            if (await users.FindByIdAsync(id.ToString()) is not { } user)
                return OperationResult.Refuse($"There is no account {email} any more.");
            var result = await act(users, user);
            if (!result.Accepted)
                return result;
            // Ends the sessions that were opened with the old rights.
            await Must(users.UpdateSecurityStampAsync(user));
            return (await users.GetUsersInRoleAsync(OperatorRole.Administrator)).Any(o => !o.IsDisabled)
                ? result
                : OperationResult.Refuse($"{user.Email} is the last administrator. Make somebody else administrator first.");
        }, cancel);

    private Task<OperationResult> RunAsync(
        ClaimsPrincipal by, string kind, string email, Func<UserManager<Operator>, ConsoleDbContext, Task<OperationResult>> act, CancellationToken cancel) =>
        gate.RunAsync(by, new Operation(Permissions.ManageUsers, kind, "operator", email), async token =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<ConsoleDbContext>();
            await using var transaction = await context.Database.BeginTransactionAsync(token);
            var result = await act(scope.ServiceProvider.GetRequiredService<UserManager<Operator>>(), context);
            if (result.Accepted)
                await transaction.CommitAsync(token);
            return result;
        }, cancel);

    private static Dictionary<string, object?> Fact(string name, object? value) => new() { [name] = value };

    private static async Task Must(Task<IdentityResult> change)
    {
        var result = await change;
        if (!result.Succeeded)
            throw new InvalidOperationException("The account could not be changed: " + OperatorInput.Describe(result));
    }
}

/// <summary>Answer to an invitation.</summary>
/// <param name="Path">Path and query of the link; shown once and kept nowhere.</param>
internal sealed record Invitation(OperationResult Result, string? Path);
