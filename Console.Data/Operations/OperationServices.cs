using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Data.Operations;

internal static class OperationServices
{
    public static void AddOperations(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new OperationDatabase(connectionString));
        services.AddSingleton<OperationStore>();
        services.AddSingleton<OperationTermStore>();
    }
}
