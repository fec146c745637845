using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsConsole.Data;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Operators;
using OpsConsole.Data.Settings;

namespace OpsConsole.Web.Operators;

/// <summary>
/// How the first administrator comes to be. There is no default password: a link that works once, printed where the console
/// was started, or a name and a password from the environment.
/// </summary>
internal sealed class SetUp(
    IServiceScopeFactory scopes, IDbContextFactory<ConsoleDbContext> contexts, SettingStore settings, AuditStore audit,
    IOptions<OperatorOptions> options, TimeProvider time)
{
    private const string TokenKey = "set-up-token";

    // Two people who send the form at the same moment become one administrator.
    private const long SetUpLock = 0x6F70_7373_6574_7570;

    public async Task<bool> IsNeededAsync(CancellationToken cancel = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return !await HasAdministrator(context, cancel);
    }

    /// <summary>Makes a new token; an earlier one stops working. Only its hash is kept.</summary>
    public async Task<string> IssueTokenAsync(CancellationToken cancel = default)
    {
        var token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        await settings.SetAsync(TokenKey, Hash(token), time.GetUtcNow().AddHours(options.Value.SetUpLinkHours), cancel);
        return token;
    }

    public async Task<bool> IsTokenGoodAsync(string? token, CancellationToken cancel = default) =>
        token is { Length: > 0 and < 200 } && await settings.GetAsync(TokenKey, cancel) == Hash(token);

    /// <summary>Makes the first administrator.</summary>
    /// <param name="token">The token of the link; null for the values of the environment, which need none.</param>
    /// <returns>The account, or what is wrong and what to do.</returns>
    public async Task<(Operator? Created, string? Problem)> CreateAsync(
        string? token, string displayName, string email, string password, string? remoteAddress, CancellationToken cancel = default)
    {
        if ((OperatorInput.Problem(email, displayName) ?? OperatorInput.PasswordProblem(password, email)) is { } problem)
            return (null, problem);
        var draft = new AuditDraft(AuditKinds.SetUp, "operator", email.Trim()) { OperatorName = token is null ? "environment" : email.Trim(), RemoteAddress = remoteAddress };
        var entry = await audit.BeginAsync(draft, cancel);
        var (created, failure) = await CreateLockedAsync(token, displayName.Trim(), email.Trim(), password, cancel);
        await audit.CompleteAsync(entry, created is null ? AuditResult.Refused : AuditResult.Done, failure ?? "The first administrator was made.", cancel: CancellationToken.None);
        return (created, failure);
    }

    private async Task<(Operator?, string?)> CreateLockedAsync(string? token, string displayName, string email, string password, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ConsoleDbContext>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Operator>>();
        await using var transaction = await context.Database.BeginTransactionAsync(cancel);
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({SetUpLock})", cancel);
        if (await HasAdministrator(context, cancel))
            return (null, "An administrator exists already. Sign in, or ask them to invite you.");
        if (token is not null && !await IsTokenGoodAsync(token, cancel))
            return (null, "This set-up link is not good any more. Start the console again: it prints a new one.");
        var user = new Operator { UserName = email, Email = email, DisplayName = displayName, CreatedAt = time.GetUtcNow() };
        var created = await users.CreateAsync(user, password);
        if (created.Succeeded)
            created = await users.AddToRoleAsync(user, OperatorRole.Administrator);
        if (!created.Succeeded)
            return (null, OperatorInput.Describe(created));
        await context.Settings.Where(s => s.Key == TokenKey).ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
        return (user, null);
    }

    private static Task<bool> HasAdministrator(ConsoleDbContext context, CancellationToken cancel) =>
        context.UserRoles.AnyAsync(link => context.Roles.Any(role => role.Id == link.RoleId && role.Name == OperatorRole.Administrator), cancel);

    private static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
