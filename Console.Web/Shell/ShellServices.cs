using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpsConsole.Web.Shell;

/// <summary>Registers what the frame of every page needs.</summary>
public static class ShellServices
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddScoped<ViewerTime>();
        services.AddScoped<Confirm>();
        services.AddScoped<Toasts>();
        services.AddScoped<JobActs>();
        return services;
    }
}
