using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs;

/// <summary>Registers what a program needs to make, run or watch jobs.</summary>
public static partial class JobServices
{
    /// <summary>Adds the connection, <see cref="JobClient"/>, <see cref="JobCatalogue"/> and the services of <c>OpsConsole.Jobs.Monitoring</c>.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="section">The section that <see cref="JobStorageOptions"/> are bound from.</param>
    public static IServiceCollection AddJobStorage(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<JobStorageOptions>().Bind(section);
        return services.AddJobStorage(_ => { });
    }

    /// <inheritdoc cref="AddJobStorage(IServiceCollection, IConfiguration)"/>
    public static IServiceCollection AddJobStorage(this IServiceCollection services, Action<JobStorageOptions> configure)
    {
        services.AddOptions<JobStorageOptions>().Configure(configure).ValidateDataAnnotations()
            .Validate(options => JobRedis.FaultIn(options.Redis) is null, "Jobs:Redis is no connection string that StackExchange.Redis can read; an example: 127.0.0.1:6379,password=secret")
            .Validate(options => options.EventStreamMaxLength >= options.EventStreamLength, "Jobs:EventStreamMaxLength is less than Jobs:EventStreamLength; it says how much longer the stream may become.").ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<JobRedis>();
        services.TryAddSingleton<JobCatalogue>();
        services.TryAddSingleton<JobClient>();
        services.TryAddSingleton<JobInspector>();
        services.TryAddSingleton<JobEventReader>();
        services.TryAddSingleton<JobFactsReader>();
        services.TryAddSingleton<JobControl>();
        services.TryAddSingleton<BulkControl>();
        return services;
    }
}
