using System.Text.Json;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Jobs.Client;

/// <summary>Fits JSON arguments to the parameters of a job type, and says for each fault where it is and what would be right.</summary>
public static class ArgumentBinder
{
    private const int MaxProblems = 50;
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64 };

    /// <summary>Binds a JSON object by parameter name, or a JSON array by position; empty text is an empty object.</summary>
    public static ArgumentBinding Bind(JobType type, string json)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(json);
        if (TextRules.FaultIn(json) is { } fault)
            return ArgumentBinding.Refused("", fault);
        try
        {
            using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(json) ? "{}" : json, Reading);
            return Bind(type, document.RootElement);
        }
        catch (JsonException e)
        {
            return ArgumentBinding.Refused("", $"The arguments are no valid JSON: {ReasonOf(e)}");
        }
    }

    private static ArgumentBinding Bind(JobType type, JsonElement root)
    {
        var problems = new List<ArgumentProblem>();
        var given = root.ValueKind switch
        {
            JsonValueKind.Object => ByName(type, root, problems),
            JsonValueKind.Array => ByPosition(type, root, problems),
            _ => null,
        };
        if (given is null)
            return ArgumentBinding.Refused("", $"Give the arguments as a JSON object by name or an array by position, not as {SchemaCheck.Describe(root)}.");
        var values = new string?[type.Parameters.Count];
        for (var i = 0; i < values.Length && problems.Count < MaxProblems; i++)
            values[i] = ValueOf(type.Parameters[i], given.GetValueOrDefault(type.Parameters[i].Name), problems);
        return problems.Count == 0 ? new ArgumentBinding(values, []) : new ArgumentBinding([], problems);
    }

    private static Dictionary<string, JsonElement> ByName(JobType type, JsonElement root, List<ArgumentProblem> problems)
    {
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var expected = type.Parameters.Where(parameter => !parameter.IsInjected).Select(parameter => parameter.Name).ToList();
        foreach (var (name, value) in SchemaCheck.PropertiesOf(root, "", problems))
        {
            var match = expected.Find(candidate => candidate == name) ?? expected.Find(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (match is null)
                problems.Add(new ArgumentProblem(name, $"{type.Name} has no parameter of this name; it takes {ListOf(expected)}."));
            else if (!given.TryAdd(match, value))
                problems.Add(new ArgumentProblem(name, "This parameter is given twice."));
            if (problems.Count >= MaxProblems)
                break;
        }
        return given;
    }

    private static Dictionary<string, JsonElement> ByPosition(JobType type, JsonElement root, List<ArgumentProblem> problems)
    {
        var count = root.GetArrayLength();
        var all = type.Parameters;
        var plain = all.Where(parameter => !parameter.IsInjected).ToList();
        // A stored array has a place for every parameter, null where the worker fills in; people leave those places out.
        var isStored = count == all.Count && all.Index().All(place => !place.Item.IsInjected || root[place.Index].ValueKind == JsonValueKind.Null);
        var targets = isStored ? all : plain;
        if (count > targets.Count)
            problems.Add(new ArgumentProblem("", $"{count} arguments are given, {type.Name} takes {ListOf(plain.Select(parameter => parameter.Name))}."));
        return targets.Zip(root.EnumerateArray()).Where(pair => !pair.First.IsInjected).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
    }

    private static string? ValueOf(JobParameter parameter, JsonElement value, List<ArgumentProblem> problems)
    {
        if (parameter.IsInjected)
            return null;
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            if (parameter.DefaultJson is null)
                problems.Add(new ArgumentProblem(parameter.Name, "This parameter is required."));
            return parameter.DefaultJson;
        }
        var before = problems.Count;
        SchemaCheck.Check(parameter.SchemaJson, value, parameter.Name, problems);
        if (problems.Count == before && NumberRanges.FaultIn(parameter.TypeName, value) is { } fault)
            problems.Add(new ArgumentProblem(parameter.Name, fault));
        return value.GetRawText();
    }

    private static string ListOf(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "no arguments";

    private static string ReasonOf(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = end > 0 ? e.Message[..end] : e.Message;
        return e.LineNumber is { } line ? $"{reason} (line {line + 1}, byte {e.BytePositionInLine + 1})" : reason;
    }
}
