using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs.Worker;

namespace OpsConsole.Jobs;

public static partial class JobServices
{
    /// <summary>
    /// Adds a worker to this host; the storage is added apart, by <c>AddJobStorage</c>. Declarations that cannot work stop the
    /// host at start, with a message that names the job.
    /// </summary>
    public static IServiceCollection AddJobWorker(this IServiceCollection services, Action<JobWorkerBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.Any(service => service.ServiceType == typeof(JobWorker)))
            throw new InvalidOperationException("A host has one worker; AddJobWorker was called twice. Add the jobs in one call, and give the worker more pools.");
        var builder = new JobWorkerBuilder(services);
        services.AddOptions<JobWorkerOptions>().ValidateDataAnnotations().ValidateOnStart();
        configure(builder);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => MakeCatalogue(builder, provider.GetRequiredService<IOptions<JobWorkerOptions>>().Value));
        services.AddSingleton<JobWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<JobWorker>());
        return services;
    }

    private static WorkerCatalogue MakeCatalogue(JobWorkerBuilder builder, JobWorkerOptions options) =>
        new(builder.Methods, options.Version, options.RetryDelayScale);
}
