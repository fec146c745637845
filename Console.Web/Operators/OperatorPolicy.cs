using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OpsConsole.Data;

namespace OpsConsole.Web.Operators;

/// <summary>The rules of passwords, lock-out and sessions, in one place.</summary>
internal sealed class OperatorPolicy(IOptions<OperatorOptions> options)
    : IConfigureOptions<IdentityOptions>, IConfigureNamedOptions<CookieAuthenticationOptions>,
      IConfigureOptions<SecurityStampValidatorOptions>, IConfigureOptions<DataProtectionTokenProviderOptions>
{
    public const int PasswordLength = 12;

    private readonly OperatorOptions _options = options.Value;

    public void Configure(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = "";
        // Length is what makes a password hard to guess; rules about digits and signs only make it hard to remember.
        options.Password.RequiredLength = PasswordLength;
        options.Password.RequiredUniqueChars = 5;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = _options.LockoutFailures;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(_options.LockoutMinutes);
        options.Lockout.AllowedForNewUsers = true;
    }

    public void Configure(CookieAuthenticationOptions options) => Configure(IdentityConstants.ApplicationScheme, options);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name != IdentityConstants.ApplicationScheme)
            return;
        options.Cookie.Name = "ops-session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(_options.SessionHours);
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.LogoutPath = "/sign-out";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = ValidateAsync;
        // A refusal is an answer of its own, not another page's address.
        options.Events.OnRedirectToAccessDenied = context =>
        {
            // The first page of the console is not everybody's first page.
            if (context.Request.Path == "/" && context.HttpContext.User.May(Permissions.ViewFigures))
                context.Response.Redirect("/kpis");
            else
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    public void Configure(SecurityStampValidatorOptions options) => options.ValidationInterval = TimeSpan.FromSeconds(_options.RevalidateSeconds);

    public void Configure(DataProtectionTokenProviderOptions options) => options.TokenLifespan = TimeSpan.FromHours(_options.PasswordLinkHours);

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        try
        {
            await SecurityStampValidator.ValidatePrincipalAsync(context);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            // A session that was good a minute ago may go on looking. Every act is checked against the database by itself.
            var log = context.HttpContext.RequestServices.GetRequiredService<ILogger<OperatorPolicy>>();
            log.LogWarning("Sessions are not looked at again while the database is away: {Error}", e.GetBaseException().Message);
        }
    }
}
