using OpsConsole.Data.Figures;

namespace OpsConsole.Web.Metrics;

/// <summary>Registers the figures: what samples and prunes them, and what the page reads.</summary>
public static class MetricsFeature
{
    public static IServiceCollection AddMetricsPage(this IServiceCollection services)
    {
        services.AddOptions<FigureOptions>().BindConfiguration(FigureOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<MetricsReader>();
        services.AddHostedService<GaugeSampler>();
        services.AddHostedService<FigureUpkeep>();
        return services;
    }
}
