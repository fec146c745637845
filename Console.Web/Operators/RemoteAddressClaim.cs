using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace OpsConsole.Web.Operators;

/// <summary>
/// Adds the caller's address to the principal of each request. A circuit keeps the principal that it was opened with, so the
/// audit can name the address long after the request is gone.
/// </summary>
internal sealed class RemoteAddressClaim(IHttpContextAccessor http) : IClaimsTransformation
{
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (principal.Identity is { IsAuthenticated: true } && principal.GetRemoteAddress() is null
            && http.HttpContext?.Connection.RemoteIpAddress is { } address)
        {
            principal = principal.Clone();
            ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(OperatorClaims.RemoteAddress, address.ToString()));
        }
        return Task.FromResult(principal);
    }
}
