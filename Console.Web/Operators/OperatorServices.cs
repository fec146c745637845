using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OpsConsole.Data;
using OpsConsole.Data.Operators;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Operators;

/// <summary>Registers everything about people: accounts, sessions, permissions, set-up.</summary>
public static class OperatorServices
{
    public static IServiceCollection AddOperators(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OperatorOptions>().Bind(configuration.GetSection(OperatorOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddIdentityCore<Operator>()
            .AddRoles<OperatorRole>()
            .AddEntityFrameworkStores<ConsoleDbContext>()
            .AddSignInManager<OperatorSignInManager>()
            .AddClaimsPrincipalFactory<OperatorClaimsFactory>()
            .AddDefaultTokenProviders();
        // All of Identity's cookies, because ending a session signs out of each of them.
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureOptions<OperatorPolicy>();
        services.AddHttpContextAccessor();
        services.AddScoped<IClaimsTransformation, RemoteAddressClaim>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        Permissions.AddPolicies(services.AddAuthorizationBuilder());
        services.AddFormLimit();
        services.AddSingleton<OperatorAccounts>();
        services.AddSingleton<SessionCheck>();
        services.AddSingleton<OperatorGate>();
        services.AddScoped(provider => new OperatorActions(
            provider.GetRequiredService<JobControl>(), provider.GetRequiredService<JobClient>(), provider.GetRequiredService<OperatorGate>()));
        services.AddSingleton<AccountNotes>();
        services.AddScoped<OperatorDialogs>();
        services.AddScoped<SignInService>();
        services.AddScoped<OperatorProfile>();
        services.AddSingleton<SetUp>();
        services.AddHostedService<SetUpNotice>();
        return services;
    }
}
