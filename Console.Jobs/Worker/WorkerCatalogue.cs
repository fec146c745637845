using System.Collections.Concurrent;
using System.Reflection;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Worker;

/// <summary>The job types that this worker runs: nothing is ever loaded by a name that comes from Redis.</summary>
internal sealed class WorkerCatalogue
{
    private const int MaxRemembered = 10_000;
    private readonly Dictionary<string, DeclaredJob> _byKey = new(StringComparer.Ordinal);
    // Stored names differ in assemblies and versions; what they come to is remembered, within bounds, as jobs repeat.
    private readonly ConcurrentDictionary<(string Type, string Method, string Parameters), DeclaredJob?> _byStoredNames = new();

    public WorkerCatalogue(IEnumerable<(Type Type, MethodInfo Method)> methods, string version, double retryDelayScale = 1)
    {
        foreach (var (type, method) in methods.Distinct())
            Add(JobMethodReader.Read(type, method, version, retryDelayScale));
        Jobs = [.. _byKey.Values.OrderBy(job => job.Type.Name, StringComparer.Ordinal)];
    }

    /// <summary>All, by name.</summary>
    public IReadOnlyList<DeclaredJob> Jobs { get; }

    /// <summary>The job type that a job hash names, or null when this worker does not have it.</summary>
    public DeclaredJob? Find(string type, string method, string parameterTypesJson)
    {
        var names = (type, method, parameterTypesJson);
        if (_byStoredNames.TryGetValue(names, out var known))
            return known;
        var job = _byKey.GetValueOrDefault(TypeKey.Of(type, method, parameterTypesJson));
        if (_byStoredNames.Count < MaxRemembered)
            _byStoredNames[names] = job;
        return job;
    }

    /// <summary>What to tell of a job type that this worker does not have.</summary>
    public string Unknown(string type, string method, string parameterTypesJson)
    {
        var known = Jobs.Count == 0 ? "none" : string.Join(", ", Jobs.Take(20).Select(job => $"{job.Type.Name} = {job.Type.Key}")) + (Jobs.Count > 20 ? $" and {Jobs.Count - 20} more" : "");
        return type.Length == 0
            ? $"The job's hash names no type, so nothing can run it. It is half there: enqueue the job again. This worker knows: {known}."
            : $"This worker has no job type '{TypeKey.Of(type, method, parameterTypesJson)}'. Deploy a worker that has it and retry the job, or delete it. This worker knows: {known}.";
    }

    private void Add(DeclaredJob job)
    {
        if (_byKey.Values.FirstOrDefault(other => other.Type.Name == job.Type.Name) is { } twin)
            throw new InvalidOperationException($"Two job types are named '{job.Type.Name}': {twin.Type.Key} and {job.Type.Key}. Give each its own name.");
        _byKey.Add(job.Type.Key, job);
    }
}
