using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsConsole.Data;

namespace OpsConsole.Web.Operators;

/// <summary>Whether a session is still what the database says about its operator.</summary>
internal sealed class SessionCheck(IDbContextFactory<ConsoleDbContext> contexts, IOptions<IdentityOptions> options)
{
    /// <summary>False once the operator was removed or disabled, or got another role or password, since the session began.</summary>
    public async Task<bool> IsCurrentAsync(ClaimsPrincipal user, CancellationToken cancel = default)
    {
        if (user.GetOperatorId() is not { } id || user.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType) is not { } stamp)
            return false;
        await using var context = await contexts.CreateDbContextAsync(cancel);
        return await context.Users.AnyAsync(o => o.Id == id && o.SecurityStamp == stamp && o.DisabledAt == null, cancel);
    }
}
