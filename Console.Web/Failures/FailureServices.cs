using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Data.Failures;
using OpsConsole.Web.Operators;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Failures;

/// <summary>Registers what operators do with groups of failures.</summary>
internal static class FailureServices
{
    public static void AddFailures(this IServiceCollection services)
    {
        services.AddScoped(provider => new GroupActions(
            provider.GetRequiredService<GroupStore>(), provider.GetRequiredService<OperatorGate>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new GroupActs(
            provider.GetRequiredService<GroupActions>(), provider.GetRequiredService<OperatorAccounts>(), provider.GetRequiredService<Confirm>(),
            provider.GetRequiredService<Toasts>(), provider.GetRequiredService<ViewerTime>(), provider.GetRequiredService<AuthenticationStateProvider>()));
    }
}
