using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OpsConsole.Data;
using OpsConsole.Data.Audit;
using OpsConsole.Data.Operators;

namespace OpsConsole.Web.Operators;

/// <summary>Signs people in and out, and puts both on record. The answers do not tell who has an account.</summary>
internal sealed class SignInService(
    SignInManager<Operator> signIn, UserManager<Operator> users, AuditStore audit, IHttpContextAccessor http,
    IOptions<OperatorOptions> options, TimeProvider time, ILogger<SignInService> log)
{
    // Compared with when there is no such account, so that the answer takes as long as for one that exists.
    private static readonly string Decoy = new PasswordHasher<Operator>().HashPassword(new Operator(), "a password that nobody has");

    /// <returns>Null when the session cookie was set; otherwise what to tell.</returns>
    public async Task<string?> SignInAsync(string? email, string? password, CancellationToken cancel = default)
    {
        try
        {
            return await TryAsync(email?.Trim() ?? "", password ?? "", cancel) ? null : Refusal();
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            log.LogError("Nobody can sign in, because the database is away: {Error}", e.GetBaseException().Message);
            return "Nobody can sign in just now, because the database does not answer. Your password was not checked. Try again in a minute.";
        }
    }

    /// <summary>Sets the session cookie for somebody who has just proved who they are in another way.</summary>
    public async Task SignInAsync(Operator user, string message, CancellationToken cancel = default)
    {
        await RecordAsync(user, user.Email!, AuditResult.Done, message, cancel);
        user.LastSignInAt = time.GetUtcNow();
        await users.UpdateAsync(user);
        await signIn.SignInAsync(user, isPersistent: true);
    }

    /// <summary>Signs in the administrator that set-up has just made.</summary>
    public async Task SignInCreatedAsync(Guid id, CancellationToken cancel = default)
    {
        if (await users.FindByIdAsync(id.ToString()) is { } user)
            await SignInAsync(user, "Signed in after set-up.", cancel);
    }

    /// <summary>Sets the password by a link from an administrator, and signs in.</summary>
    /// <returns>Null when the session cookie was set; otherwise what is wrong and what to do.</returns>
    public async Task<string?> SetPasswordAsync(string? id, string? token, string? password, CancellationToken cancel = default)
    {
        if (!Guid.TryParse(id, out var guid) || await users.FindByIdAsync(guid.ToString()) is not { IsDisabled: false } user)
            return "The link is not good. Ask an administrator for a new one.";
        if (OperatorInput.PasswordProblem(password, user.Email) is { } problem)
            return problem;
        var result = await users.ResetPasswordAsync(user, PasswordLink.Token(token), password!);
        var draft = new AuditDraft(AuditKinds.ChangePassword, "operator", user.Email!) { OperatorId = user.Id, OperatorName = user.Email!, RemoteAddress = Address() };
        await audit.RecordAsync(draft, result.Succeeded ? AuditResult.Done : AuditResult.Refused, result.Succeeded ? "Chosen by a link." : OperatorInput.Describe(result), cancel);
        if (!result.Succeeded)
            return OperatorInput.Describe(result);
        await users.SetLockoutEndDateAsync(user, null);
        await SignInAsync(user, "Signed in by a password link.", cancel);
        return null;
    }

    public async Task SignOutAsync(CancellationToken cancel = default)
    {
        await signIn.SignOutAsync();
        if (http.HttpContext?.User is not { Identity.IsAuthenticated: true } user)
            return;
        try
        {
            var draft = new AuditDraft(AuditKinds.SignOut, "operator", user.GetEmail())
            {
                OperatorId = user.GetOperatorId(),
                OperatorName = user.GetEmail(),
                RemoteAddress = Address(),
            };
            await audit.RecordAsync(draft, AuditResult.Done, "Signed out.", cancel);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            log.LogWarning("{Who} signed out, which is not on record because the database is away", user.GetEmail());
        }
    }

    private async Task<bool> TryAsync(string email, string password, CancellationToken cancel)
    {
        var isPlausible = OperatorInput.EmailProblem(email) is null && password.Length is > 0 and <= OperatorLimits.Password;
        if (!isPlausible || await users.FindByEmailAsync(email) is not { } user)
        {
            users.PasswordHasher.VerifyHashedPassword(new Operator(), Decoy, password.Length <= OperatorLimits.Password ? password : "");
            await RecordAsync(null, email, AuditResult.Refused, "No such account.", cancel);
            return false;
        }
        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            await RecordAsync(user, email, AuditResult.Refused, Why(result), cancel);
            return false;
        }
        await SignInAsync(user, "Signed in.", cancel);
        return true;
    }

    private static string Why(SignInResult result) =>
        result.IsLockedOut ? "The account is locked after too many wrong passwords." : result.IsNotAllowed ? "The account is disabled." : "Wrong password.";

    private string Refusal() =>
        $"The e-mail address or the password is wrong, or the account is locked: {options.Value.LockoutFailures} wrong passwords lock it for {options.Value.LockoutMinutes} minutes.";

    private Task RecordAsync(Operator? user, string email, AuditResult result, string message, CancellationToken cancel) =>
        audit.RecordAsync(new AuditDraft(AuditKinds.SignIn, "operator", email)
        {
            OperatorId = user?.Id,
            OperatorName = user?.Email ?? "not signed in",
            RemoteAddress = Address(),
        }, result, message, cancel);

    private string? Address() => http.HttpContext?.Connection.RemoteIpAddress?.ToString();
}
