using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Jobs.Protocol;

/// <summary>
/// Makes the uniqueness key of a job from the template of its type. Keys start with the type's name, so that two types
/// with like templates do not hold each other back.
/// </summary>
public static class UniqueKeyTemplate
{
    /// <summary>The key, or null when the type is not unique.</summary>
    /// <param name="type">Catalogue entry.</param>
    /// <param name="argumentsJson">Arguments in order of the type's parameters, each as JSON text; null where the worker fills in.</param>
    public static string? Expand(JobType type, IReadOnlyList<string?> argumentsJson)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(argumentsJson);
        if (type.UniqueKey is not { } template)
            return null;
        var rest = template.Length == 0 ? DigestOf(argumentsJson) : Replace(template, type.Parameters, argumentsJson);
        return $"{type.TypeName.Split(',')[0]}.{type.Method}:{rest}";
    }

    /// <summary>Names in braces that are no parameter of the type; empty for a sound template.</summary>
    public static IReadOnlyList<string> UnknownNames(string template, IReadOnlyList<JobParameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(template);
        return [.. NamesIn(template).Where(name => !parameters.Any(parameter => !parameter.IsInjected && parameter.Name == name.Split('.')[0]))];
    }

    private static IEnumerable<string> NamesIn(string template)
    {
        for (var open = template.IndexOf('{', StringComparison.Ordinal); open >= 0; open = template.IndexOf('{', open + 1))
        {
            var close = template.IndexOf('}', open);
            if (close < 0)
                yield break;
            yield return template[(open + 1)..close];
            open = close;
        }
    }

    private static string Replace(string template, IReadOnlyList<JobParameter> parameters, IReadOnlyList<string?> argumentsJson)
    {
        var key = new StringBuilder(template);
        foreach (var name in NamesIn(template).Distinct())
        {
            var path = name.Split('.');
            var index = parameters.TakeWhile(parameter => parameter.Name != path[0]).Count();
            key.Replace("{" + name + "}", ValueAt(index < argumentsJson.Count ? argumentsJson[index] : null, path.AsSpan(1)));
        }
        return key.Length <= 200 ? key.ToString() : DigestOf([key.ToString()]);
    }

    private static string ValueAt(string? json, ReadOnlySpan<string> path)
    {
        using var document = JsonDocument.Parse(json ?? "null");
        var value = document.RootElement;
        foreach (var name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                return "null";
        }
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
    }

    private static string DigestOf(IEnumerable<string?> parts)
    {
        // Lengths in front keep ["a","bc"] and ["ab","c"] apart.
        var text = string.Concat(parts.Select(part => $"{part?.Length ?? -1}:{part}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
