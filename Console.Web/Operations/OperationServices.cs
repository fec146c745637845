using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Web.Live;
using OpsConsole.Web.Operations.Runner;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Operations;

/// <summary>Registers everything about mass operations.</summary>
public static class OperationServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddOptions<OperationOptions>().BindConfiguration(OperationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OperationFeed>();
        services.AddSingleton<IJobEventListener>(provider => provider.GetRequiredService<OperationFeed>());
        services.AddSingleton<OperationRunner>();
        services.AddScoped<SourceReader>();
        services.AddScoped<PreviewReader>();
        services.AddScoped(provider => new OperationActions(
            provider.GetRequiredService<OperationStore>(), provider.GetRequiredService<BulkControl>(), provider.GetRequiredService<OperatorGate>()));
        services.AddHostedService(provider => provider.GetRequiredService<OperationRunner>());
        return services;
    }
}
