using OpsConsole.Data.Figures.Targets;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Kpis;

/// <summary>Registers the service report.</summary>
public static class KpiServices
{
    public static IServiceCollection AddKpis(this IServiceCollection services)
    {
        services.AddSingleton<KpiReader>();
        services.AddScoped(provider => new KpiActions(provider.GetRequiredService<TargetStore>(), provider.GetRequiredService<OperatorGate>()));
        services.AddScoped<TargetDialogs>();
        services.AddHostedService<LedgerSumming>();
        return services;
    }

    public static void MapKpis(this IEndpointRouteBuilder app) => app.MapKpiFiles();
}
