using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OpsConsole.Data.Operators;

namespace OpsConsole.Web.Operators;

/// <summary>Keeps disabled operators out, at sign-in and when a session is looked at again.</summary>
internal sealed class OperatorSignInManager(
    UserManager<Operator> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<Operator> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Operator>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<Operator> confirmation)
    : SignInManager<Operator>(users, http, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(Operator user) => !user.IsDisabled && await base.CanSignInAsync(user);
}
