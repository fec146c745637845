using System.Text.Json;

namespace OpsConsole.Jobs.Client;

/// <summary>Reads types and references of a JSON schema.</summary>
internal static class SchemaTypes
{
    public static bool Has(JsonElement schema, JsonElement value)
    {
        if (!schema.TryGetProperty("type", out var type))
            return true;
        var names = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.ToString()) : [type.ToString()];
        return names.Any(name => name switch
        {
            "null" => value.ValueKind == JsonValueKind.Null,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.GetRawText().AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0,
            "number" => value.ValueKind == JsonValueKind.Number,
            "string" => value.ValueKind == JsonValueKind.String,
            "array" => value.ValueKind == JsonValueKind.Array,
            "object" => value.ValueKind == JsonValueKind.Object,
            _ => true,
        });
    }

    /// <summary>The types of a schema in words.</summary>
    public static string Words(JsonElement schema)
    {
        var type = schema.GetProperty("type");
        var names = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.ToString()) : [type.ToString()];
        return string.Join(" or ", names.Select(name => name switch
        {
            "integer" => "a whole number",
            "number" => "a number",
            "boolean" => "true or false",
            "string" => "a text",
            "array" => "an array",
            "object" => "an object",
            _ => name,
        }));
    }

    /// <summary>What <c>$ref</c> points to inside the schema, or null.</summary>
    public static JsonElement? Resolve(JsonElement root, JsonElement reference)
    {
        var text = reference.ToString();
        if (text is "#" or "#/")
            return root;
        if (!text.StartsWith("#/", StringComparison.Ordinal))
            return null;
        var at = root;
        foreach (var step in text[2..].Split('/').Select(step => Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var inner))
                at = inner;
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index) && index >= 0 && index < at.GetArrayLength())
                at = at[index];
            else
                return null;
        }
        return at;
    }
}
