using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpsConsole.Web.Live;

/// <summary>Registers the boards and what feeds them.</summary>
public static class LiveServices
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FleetBoard>();
        services.AddSingleton<JobBoard>();
        services.AddSingleton<LiveHealth>();
        services.AddSingleton<FleetRefresh>();
        services.AddHostedService(provider => provider.GetRequiredService<FleetRefresh>());
        services.AddHostedService<EventPump>();
        services.AddHostedService<DatabaseProbe>();
        services.AddSingleton<ScheduleBoard>();
        services.AddHostedService<ScheduleWatch>();
        services.AddSingleton<HistoryBoard>();
        services.AddHostedService<HistoryWatch>();
        services.AddSingleton<StorageBoard>();
        services.AddHostedService<StorageWatch>();
        services.AddSingleton<GroupBoard>();
        services.AddHostedService<GroupWatch>();
        return services;
    }
}
