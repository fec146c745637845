using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Data.History;

internal static class HistoryServices
{
    public static void AddHistory(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new HistoryDatabase(connectionString));
    }
}
