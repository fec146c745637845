using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;
using OpsConsole.Data;

namespace OpsConsole.Web.Operators;

/// <summary>Ends open circuits of people whose session is over.</summary>
internal sealed class SessionRevalidation(ILoggerFactory loggers, SessionCheck sessions, IOptions<OperatorOptions> options)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private readonly ILogger _log = loggers.CreateLogger<SessionRevalidation>();

    protected override TimeSpan RevalidationInterval { get; } = TimeSpan.FromSeconds(options.Value.RevalidateSeconds);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.IsCurrentAsync(authenticationState.User, cancellationToken);
        }
        catch (Exception e) when (ConsoleDatabase.IsAway(e))
        {
            // The base class would sign the person out for any exception, and a page that shows the trouble is worth more then.
            _log.LogWarning("A session was not looked at again, because the database is away: {Error}", e.GetBaseException().Message);
            return true;
        }
    }
}
