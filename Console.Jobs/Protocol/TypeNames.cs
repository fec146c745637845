using System.Text;
using System.Text.Json;

namespace OpsConsole.Jobs.Protocol;

/// <summary>Type names as Hangfire stores them, and the shorter names for events and people; type keys: <see cref="TypeKey"/>.</summary>
internal static class TypeNames
{
    private const string CoreLibrary = "System.Private.CoreLib";

    /// <summary>The name for <c>Type</c> and <c>ParameterTypes</c>: <c>System.Int32</c>, <c>System.DateTime, mscorlib</c>, <c>Reports.ReportJobs, Reports</c>.</summary>
    public static string Stored(Type type)
    {
        var text = new StringBuilder();
        Append(text, type);
        if (type != typeof(int) && type != typeof(string))
            text.Append(", ").Append(AssemblyOf(type));
        return text.ToString();
    }

    /// <summary><c>Namespace.Type.Method</c>, as events carry it; must agree with <c>type_name</c> in lib/job.lua.</summary>
    public static string Name(string? storedType, string? method)
    {
        if (string.IsNullOrEmpty(storedType))
            return "";
        var end = storedType.AsSpan().IndexOfAny(',', '[');
        var bare = end > 0 ? storedType[..end] : storedType;
        return string.IsNullOrEmpty(method) ? bare : $"{bare}.{method}";
    }

    /// <summary><c>Type.Method</c> for people: no namespace, no arity marks.</summary>
    public static string Display(string name)
    {
        var dot = name.LastIndexOf('.');
        if (dot <= 0)
            return name;
        var type = name[..dot];
        type = type[(type.LastIndexOf('.') + 1)..].Replace('+', '.');
        for (var mark = type.IndexOf('`'); mark >= 0; mark = type.IndexOf('`'))
        {
            var end = mark + 1;
            while (end < type.Length && char.IsAsciiDigit(type[end]))
                end++;
            type = type.Remove(mark, end - mark);
        }
        return type + name[dot..];
    }

    /// <summary>Reads a stored <c>ParameterTypes</c>; null when it is no JSON array of texts.</summary>
    public static string[]? ReadParameters(string? json)
    {
        if (string.IsNullOrEmpty(json))
            return null;
        try
        {
            return JsonSerializer.Deserialize<string[]>(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Append(StringBuilder text, Type type)
    {
        if (type.IsArray)
        {
            Append(text, type.GetElementType()!);
            text.Append('[').Append(',', type.GetArrayRank() - 1).Append(']');
            return;
        }
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        text.Append(definition.FullName ?? definition.Name);
        if (!type.IsConstructedGenericType)
            return;
        text.Append('[').AppendJoin(',', type.GenericTypeArguments.Select(argument => $"[{Stored(argument)}]")).Append(']');
    }

    private static string AssemblyOf(Type type)
    {
        var name = (type.IsArray ? type.GetElementType()! : type).Assembly.GetName().Name;
        return name == CoreLibrary ? "mscorlib" : name ?? "";
    }
}
