using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OpsConsole.Data.Operators;

namespace OpsConsole.Web.Operators;

/// <summary>Puts the person's name into the session, so that no page has to read it.</summary>
internal sealed class OperatorClaimsFactory(
    UserManager<Operator> users, RoleManager<OperatorRole> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Operator, OperatorRole>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Operator user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(OperatorClaims.DisplayName, user.DisplayName));
        return identity;
    }
}
