using System.Reflection;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Worker;

/// <summary>Reads the methods that <see cref="JobAttribute"/> marks. A declaration that cannot work stops the host at start.</summary>
internal static class JobMethodReader
{
    public static IEnumerable<MethodInfo> JobMethods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy)
            .Where(method => method.IsDefined(typeof(JobAttribute)));

    public static DeclaredJob Read(Type type, MethodInfo method, string version, double retryDelayScale = 1)
    {
        var job = method.GetCustomAttribute<JobAttribute>()!;
        RefuseWhatCannotRun(type, method, job);
        var parameters = method.GetParameters().Select(JobSchema.Describe).ToArray();
        var retry = RetryPolicy.From(method.GetCustomAttribute<RetryAttribute>() ?? type.GetCustomAttribute<RetryAttribute>(), retryDelayScale);
        var rate = method.GetCustomAttribute<RateLimitAttribute>();
        var unique = method.GetCustomAttribute<UniqueAttribute>();
        RefuseUnknownNames(job, unique?.Key ?? "", parameters);
        var typeName = TypeNames.Stored(type);
        return new DeclaredJob
        {
            EventName = TypeNames.Name(typeName, method.Name),
            Service = method.IsStatic ? null : type,
            Call = JobCallCompiler.Compile(method),
            Arguments = new ArgumentReader(method),
            Retry = retry,
            Type = new JobType
            {
                Name = job.Name,
                Key = TypeKey.Of(typeName, method.Name, parameters.Select(parameter => parameter.TypeName)),
                Description = job.Description,
                TypeName = typeName,
                Method = method.Name,
                Parameters = parameters,
                Queue = job.Queue,
                Retries = retry.Times,
                RetryText = retry.Text,
                SoftLimitSeconds = job.SoftLimitSeconds,
                HardLimitSeconds = job.HardLimitSeconds,
                UniqueKey = unique is null ? null : unique.Key ?? "",
                RateStarts = rate?.Starts ?? 0,
                RatePeriodSeconds = rate?.PeriodSeconds ?? 0,
                Version = version,
            },
        };
    }

    private static void RefuseWhatCannotRun(Type type, MethodInfo method, JobAttribute job)
    {
        var what = $"Job '{job.Name}' ({type.FullName}.{method.Name})";
        if (string.IsNullOrWhiteSpace(job.Name) || string.IsNullOrWhiteSpace(job.Queue))
            throw new InvalidOperationException($"{what} needs a name and a queue.");
        if (type.ContainsGenericParameters || method.ContainsGenericParameters)
            throw new InvalidOperationException($"{what} has open type parameters; declare it on a closed type.");
        if (method.GetParameters().FirstOrDefault(parameter => parameter.ParameterType.IsByRef) is { } byRef)
            throw new InvalidOperationException($"{what} takes '{byRef.Name}' by reference, which a stored argument cannot be.");
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(System.Runtime.CompilerServices.AsyncStateMachineAttribute)))
            throw new InvalidOperationException($"{what} is async void: nobody could see its end. Return Task.");
        if (method.GetCustomAttribute<RateLimitAttribute>() is { } rate && (rate.Starts is < 1 or > 100_000 || rate.PeriodSeconds < 1))
            throw new InvalidOperationException($"{what} allows {rate.Starts} starts in {rate.PeriodSeconds} s; allowed are 1 to 100,000 starts in 1 s or more.");
    }

    private static void RefuseUnknownNames(JobAttribute job, string template, IReadOnlyList<JobParameter> parameters)
    {
        if (UniqueKeyTemplate.UnknownNames(template, parameters) is [var name, ..])
            throw new InvalidOperationException($"Job '{job.Name}': the uniqueness key '{template}' names '{name}', which is no parameter. Use one of: {string.Join(", ", parameters.Where(parameter => !parameter.IsInjected).Select(parameter => parameter.Name))}.");
    }
}
