using Microsoft.Extensions.Options;

namespace OpsConsole.Web.History;

/// <summary>Registers what stores the history.</summary>
public static class HistoryFeature
{
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddOptions<HistoryOptions>().BindConfiguration(HistoryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<HistoryOptions>>().Value.Retention);
        services.AddSingleton<IngestServices>();
        services.AddHostedService<HistoryIngestor>();
        services.AddHostedService<UpkeepLoop>();
        return services;
    }
}
