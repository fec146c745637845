using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>The type and the arguments of a job as they are stored, whole, to make other arguments of them.</summary>
public sealed class StoredCall
{
    private readonly IReadOnlyList<JobArgument> _arguments;
    private readonly IReadOnlyList<bool> _isInjected;
    private readonly JobType? _type;
    private readonly int _maxBytes;

    private StoredCall(string jobId, string name, IReadOnlyList<JobArgument> arguments, JobType? type, int maxBytes)
    {
        (JobId, Name, _arguments, _type, _maxBytes) = (jobId, name, arguments, type, maxBytes);
        _isInjected = [.. arguments.Select((_, i) => i < type?.Parameters.Count && type.Parameters[i].IsInjected)];
    }

    /// <summary>Job.</summary>
    public string JobId { get; }

    /// <summary>Friendly name of its type, else <c>Type.Method</c>.</summary>
    public string Name { get; }

    /// <summary>Arguments as a JSON object by parameter name (<c>arg0</c> … for unknown types), without those that the worker fills in.</summary>
    public JsonObject ToJson() => new(_arguments.Where((_, i) => !_isInjected[i]).Select(argument => KeyValuePair.Create(argument.Name, JsonNode.Parse(argument.Json))));

    /// <summary>Makes the arguments for a <see cref="BulkTarget"/> of an object like <see cref="ToJson"/>. Values that are the same stay as they are stored.</summary>
    /// <returns>The arguments as they are to be stored, or what is wrong with them.</returns>
    public (string? Arguments, IReadOnlyList<ArgumentProblem> Problems) With(JsonObject changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var problems = _type is { } type ? ArgumentBinder.Bind(type, changed.ToJsonString(JobJson.Arguments)).Problems : Unknown(changed);
        if (problems.Count > 0)
            return (null, problems);
        var values = _arguments.Select((argument, i) => _isInjected[i] ? null : ValueOf(argument, changed));
        var stored = JsonSerializer.Serialize(values, JobJson.Arguments);
        var bytes = Encoding.UTF8.GetByteCount(stored);
        return bytes <= _maxBytes ? (stored, []) : (null, [new ArgumentProblem("", $"The arguments would take {bytes:N0} bytes; the limit is {_maxBytes:N0}.")]);
    }

    internal static StoredCall? Read(string id, RedisValue[] row, CatalogueIndex index, int maxBytes)
    {
        var (type, method, parameters) = ((string?)row[0] ?? "", (string?)row[1] ?? "", (string?)row[2] ?? "");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["ParameterTypes"] = parameters };
        if (row[3].IsNull)
            return null;
        fields["Arguments"] = row[3]!;
        var known = index.ByKey(TypeKey.Of(type, method, parameters));
        var defects = new List<string>();
        var arguments = JobArguments.Read(new RawJob(id, fields, []), known, defects);
        // Of damaged arguments, or of a type with other parameters by now, nothing can be changed safely.
        return defects.Count > 0 || known is not null && known.Parameters.Count != arguments.Count
            ? null
            : new StoredCall(id, known?.Name ?? TypeNames.Display(TypeNames.Name(type, method)), arguments, known, maxBytes);
    }

    private static string ValueOf(JobArgument argument, JsonObject changed)
    {
        var value = changed[argument.Name];
        return JsonNode.DeepEquals(JsonNode.Parse(argument.Json), value) ? argument.Json : value?.ToJsonString(JobJson.Arguments) ?? "null";
    }

    private List<ArgumentProblem> Unknown(JsonObject changed)
    {
        var names = _arguments.Select(argument => argument.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. changed.Select(member => member.Key).Where(name => !names.Contains(name)).Select(name => new ArgumentProblem(name, $"{Name} has no parameter of this name.")),
            .. names.Where(name => !changed.ContainsKey(name)).Select(name => new ArgumentProblem(name, "This parameter is required.")),
        ];
    }
}
