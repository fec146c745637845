using System.Text;
using System.Text.Json;

namespace OpsConsole.Jobs.Protocol;

/// <summary>
/// Names job types the same on every host: <c>Namespace.Type.Method(Param1,Param2)</c>, with assembly names and versions left
/// out wherever they stand, also inside generic arguments.
/// </summary>
public static class TypeKey
{
    private const int MostBrackets = 200;

    private const int MaxDepth = 64;

    /// <summary>Key of a job hash's <c>Type</c>, <c>Method</c> and <c>ParameterTypes</c>.</summary>
    /// <param name="type">Type name as stored.</param>
    /// <param name="method">Method name.</param>
    /// <param name="parameterTypesJson">JSON array of type names as stored; empty or broken JSON counts as no parameters.</param>
    public static string Of(string type, string method, string parameterTypesJson) =>
        Of(type, method, ReadTypes(parameterTypesJson));

    /// <summary>Key of a type name, a method name and parameter type names.</summary>
    public static string Of(string type, string method, IEnumerable<string> parameterTypes) =>
        $"{Bare(type)}.{method}({string.Join(',', parameterTypes.Select(Bare))})";

    /// <summary>A type name without assembly names: <c>System.Nullable`1[[System.Int32]]</c>. What is nested too deeply for a type stays as it is.</summary>
    public static string Bare(string typeName)
    {
        ArgumentNullException.ThrowIfNull(typeName);
        if (IsTooDeep(typeName))
            return typeName.Trim();
        var bare = new StringBuilder(typeName.Length);
        var at = 0;
        CopyName(typeName, ref at, bare);
        return bare.ToString().Trim();
    }

    // Names come out of Redis, where anybody may have written them; brackets without end must not end the process.
    private static bool IsTooDeep(string text)
    {
        var depth = 0;
        foreach (var letter in text)
        {
            depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
            if (depth > MaxDepth)
                return true;
        }
        return false;
    }

    // Copies one name up to its assembly part, which it skips; stops at the bracket that closes the name's own argument.
    private static void CopyName(string text, ref int at, StringBuilder bare)
    {
        var inAssembly = false;
        while (at < text.Length && text[at] != ']')
        {
            var letter = text[at];
            if (letter == '[')
                CopyBrackets(text, ref at, bare, skip: inAssembly);
            else
            {
                inAssembly |= letter == ',';
                if (!inAssembly)
                    bare.Append(letter);
                at++;
            }
        }
    }

    private static void CopyBrackets(string text, ref int at, StringBuilder bare, bool skip)
    {
        var target = skip ? new StringBuilder() : bare;
        target.Append(text[at++]);
        while (at < text.Length && text[at] != ']')
        {
            if (text[at] == '[')
                CopyArgument(text, ref at, target);
            else if (text[at] is ',' or '*' or ' ')
            {
                if (text[at] != ' ')
                    target.Append(text[at]);
                at++;
            }
            else
                CopyBareArgument(text, ref at, target);
        }
        if (at < text.Length)
            target.Append(text[at++]);
    }

    private static void CopyArgument(string text, ref int at, StringBuilder target)
    {
        target.Append(text[at++]);
        CopyName(text, ref at, target);
        if (at < text.Length)
            target.Append(text[at++]);
    }

    // An argument without brackets of its own cannot carry an assembly name: a comma ends it.
    private static void CopyBareArgument(string text, ref int at, StringBuilder target)
    {
        while (at < text.Length && text[at] is not (',' or ']'))
        {
            if (text[at] == '[')
                CopyBrackets(text, ref at, target, skip: false);
            else
                target.Append(text[at++]);
        }
    }

    private static string[] ReadTypes(string json)
    {
        if (string.IsNullOrEmpty(json) || json == "[]")
            return [];
        try
        {
            return [.. (JsonSerializer.Deserialize<string?[]>(json) ?? []).Select(type => type ?? "")];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
