using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpsConsole.Jobs.Worker;

/// <summary>Says which jobs a worker runs, and how.</summary>
public sealed class JobWorkerBuilder
{
    private readonly IServiceCollection _services;

    internal JobWorkerBuilder(IServiceCollection services) => _services = services;

    internal List<(Type Type, MethodInfo Method)> Methods { get; } = [];

    /// <summary>Adds the methods of a class that <see cref="JobAttribute"/> marks; the class is made once per job, by dependency injection.</summary>
    /// <exception cref="InvalidOperationException">The class has no such method.</exception>
    public JobWorkerBuilder AddJobs<T>() where T : class => AddJobs(typeof(T));

    /// <summary>Adds every class of an assembly that has such methods.</summary>
    /// <exception cref="InvalidOperationException">The assembly has none.</exception>
    public JobWorkerBuilder AddJobsFrom(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var types = assembly.GetTypes().Where(type => type is { IsClass: true } && (!type.IsAbstract || type.IsSealed) && JobMethodReader.JobMethods(type).Any()).ToArray();
        if (types.Length == 0)
            throw new InvalidOperationException($"Assembly {assembly.GetName().Name} has no public method with [Job].");
        foreach (var type in types)
            AddJobs(type);
        return this;
    }

    /// <summary>Sets options; may be called more than once.</summary>
    public JobWorkerBuilder Configure(Action<JobWorkerOptions> configure)
    {
        _services.Configure(configure);
        return this;
    }

    private JobWorkerBuilder AddJobs(Type type)
    {
        var methods = JobMethodReader.JobMethods(type).ToArray();
        if (methods.Length == 0)
            throw new InvalidOperationException($"{type.FullName} has no public method with [Job].");
        Methods.AddRange(methods.Select(method => (type, method)));
        if (!type.IsAbstract && methods.Any(method => !method.IsStatic))
            _services.TryAddScoped(type);
        return this;
    }
}
