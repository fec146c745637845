using System.Text.Json;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring;

/// <summary>Reads the arguments of a job hash: a JSON array of texts, each of them JSON again.</summary>
internal static class JobArguments
{
    /// <summary>What could be read; defects are added for what could not.</summary>
    public static IReadOnlyList<JobArgument> Read(RawJob raw, JobType? type, List<string> defects)
    {
        var stored = raw.Field("Arguments");
        if (stored is null)
        {
            if (raw.ArgumentBytes == 0)
                defects.Add("The field Arguments is missing.");
            return [];
        }
        var types = TypeNames.ReadParameters(raw.Field("ParameterTypes"));
        if (types is null)
            defects.Add("The field ParameterTypes is missing or no JSON array of texts.");
        if (Parse(stored) is not { } values)
        {
            defects.Add("The field Arguments is no JSON array of texts.");
            return [];
        }
        if (types is not null && types.Length != values.Length)
            defects.Add($"There are {values.Length} arguments for {types.Length} parameters.");
        return [.. values.Select((value, i) => new JobArgument(NameAt(type, i), i < types?.Length ? TypeKey.Bare(types[i] ?? "") : "", AsJson(value)))];
    }

    /// <summary>Those that the caller gave, by name alone; none when they cannot be read. What the worker fills in is left out.</summary>
    public static IReadOnlyList<JobArgument> Given(string stored, JobType? type)
    {
        if (Parse(stored) is not { } values)
            return [];
        var given = new List<JobArgument>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
                given.Add(new JobArgument(NameAt(type, i), "", AsJson(value)));
        }
        return given;
    }

    private static string NameAt(JobType? type, int i) => i < type?.Parameters.Count ? type.Parameters[i].Name : "arg" + i;

    private static string?[]? Parse(string stored)
    {
        try
        {
            return JsonSerializer.Deserialize<string?[]>(stored);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Compatibility level 110 stores times as bare text: shown as the JSON text it means.
    private static string AsJson(string? value)
    {
        if (value is null)
            return "null";
        try
        {
            using var document = JsonDocument.Parse(value);
            return value;
        }
        catch (JsonException)
        {
            return JsonSerializer.Serialize(value, JobJson.Arguments);
        }
    }
}
