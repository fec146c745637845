using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures;

internal static class FigureServices
{
    public static void AddFigures(this IServiceCollection services)
    {
        services.AddOptions<FigureOptions>();
        services.AddSingleton<FigureStore>();
        services.AddSingleton<GaugeStore>();
        services.AddSingleton<IHistoryPart, RollupWriter>();
        services.AddSingleton<IHistoryPart, HostVersionWriter>();
    }
}
