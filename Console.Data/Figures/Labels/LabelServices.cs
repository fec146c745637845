using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.Figures.OnTime;
using OpsConsole.Data.Figures.Targets;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures.Labels;

internal static class LabelServices
{
    /// <summary>Volume by owner and tag, punctuality, and targets.</summary>
    public static void AddLabels(this IServiceCollection services)
    {
        services.AddSingleton<IHistoryPart, LabelWriter>();
        services.AddSingleton<LabelStore>();
        services.AddSingleton<OnTimeStore>();
        services.AddSingleton<LedgerSums>();
        services.AddSingleton<TargetStore>();
    }
}
