using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Jobs.Client;

/// <summary>
/// Checks a value against the part of JSON Schema that the catalogue uses: type, enum, const, properties, required,
/// additionalProperties, items, bounds, lengths, format, anyOf, and references within the schema.
/// </summary>
internal sealed class SchemaCheck
{
    private const int MaxProblems = 50;
    private const int MaxDepth = 64;
    private readonly JsonElement _root;
    private readonly List<ArgumentProblem> _problems;

    private SchemaCheck(JsonElement root, List<ArgumentProblem> problems) => (_root, _problems) = (root, problems);

    /// <summary>Adds a problem for each fault. A schema that cannot be read lets everything pass: the worker still checks.</summary>
    public static void Check(string schemaJson, JsonElement value, string path, List<ArgumentProblem> problems)
    {
        var before = problems.Count;
        FindUnreadableText(value, path, problems, 0);
        if (problems.Count > before || string.IsNullOrWhiteSpace(schemaJson))
            return;
        JsonDocument schema;
        try
        {
            schema = JsonDocument.Parse(schemaJson);
        }
        catch (JsonException)
        {
            return;
        }
        using (schema)
            new SchemaCheck(schema.RootElement, problems).Check(schema.RootElement, value, path, 0);
    }

    /// <summary>What a value is, in words.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "the number " + Cut(value.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => "null",
    };

    /// <summary>Properties with names that can be read; for others a problem is added.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> PropertiesOf(JsonElement value, string path, List<ArgumentProblem> problems)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (TryRead(() => property.Name) is { } name)
                yield return (name, property.Value);
            else
                problems.Add(new ArgumentProblem(path, "A name holds half of a surrogate pair, which no text can carry; take it out."));
        }
    }

    private void Check(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (_problems.Count >= MaxProblems || depth > MaxDepth || schema.ValueKind == JsonValueKind.True)
            return;
        if (schema.ValueKind != JsonValueKind.Object)
        {
            Add(path, "No value is allowed here.");
            return;
        }
        if (schema.TryGetProperty("$ref", out var reference) && SchemaTypes.Resolve(_root, reference) is { } target)
            Check(target, value, path, depth + 1);
        if (!SchemaTypes.Has(schema, value))
        {
            Add(path, $"Expected {SchemaTypes.Words(schema)}, found {Describe(value)}.");
            return;
        }
        CheckChoices(schema, value, path, depth);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: CheckObject(schema, value, path, depth); break;
            case JsonValueKind.Array: CheckArray(schema, value, path, depth); break;
            case JsonValueKind.Number: CheckNumber(schema, value, path); break;
            case JsonValueKind.String: CheckText(schema, value, path); break;
        }
    }

    private void CheckChoices(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (schema.TryGetProperty("enum", out var choices) && choices.ValueKind == JsonValueKind.Array && !choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)))
            Add(path, $"Expected one of {Cut(string.Join(", ", choices.EnumerateArray().Select(choice => choice.ToString())), 300)}, found {Cut(value.GetRawText())}.");
        if (schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value))
            Add(path, $"Expected {Cut(only.GetRawText())}, found {Cut(value.GetRawText())}.");
        if (schema.TryGetProperty("anyOf", out var options) && options.ValueKind == JsonValueKind.Array)
            CheckAnyOf(options, value, path, depth);
    }

    private void CheckAnyOf(JsonElement options, JsonElement value, string path, int depth)
    {
        List<ArgumentProblem>? fewest = null;
        foreach (var option in options.EnumerateArray())
        {
            var found = new List<ArgumentProblem>();
            new SchemaCheck(_root, found).Check(option, value, path, depth + 1);
            if (found.Count == 0)
                return;
            fewest = fewest is null || found.Count < fewest.Count ? found : fewest;
        }
        _problems.AddRange(fewest ?? []);
    }

    private void CheckObject(JsonElement schema, JsonElement value, string path, int depth)
    {
        var known = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        var more = schema.TryGetProperty("additionalProperties", out var additional);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, item) in PropertiesOf(value, path, _problems))
        {
            seen.Add(name);
            var at = $"{path}.{name}";
            if (known && Find(properties, name) is { } declared)
                Check(declared, item, at, depth + 1);
            else if (more && additional.ValueKind == JsonValueKind.False)
                Add(at, $"There is no such property; known are {Cut(string.Join(", ", known ? properties.EnumerateObject().Select(property => property.Name) : []), 300)}.");
            else if (more)
                Check(additional, item, at, depth + 1);
        }
        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in required.EnumerateArray().Select(name => name.ToString()).Where(name => !seen.Contains(name)))
                Add($"{path}.{name}", "This property is required.");
        }
    }

    private void CheckArray(JsonElement schema, JsonElement value, string path, int depth)
    {
        CheckRange(value.GetArrayLength(), schema, "minItems", "maxItems", path, "entries");
        if (!schema.TryGetProperty("items", out var items))
            return;
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            if (_problems.Count >= MaxProblems)
                return;
            Check(items, item, $"{path}[{index}]", depth + 1);
        }
    }

    private void CheckNumber(JsonElement schema, JsonElement value, string path)
    {
        if (value.TryGetDouble(out var number))
            CheckRange(number, schema, "minimum", "maximum", path, "");
    }

    private void CheckText(JsonElement schema, JsonElement value, string path)
    {
        if (TryRead(value.GetString) is not { } text)
            return;
        CheckRange(text.Length, schema, "minLength", "maxLength", path, "characters");
        if (schema.TryGetProperty("format", out var format) && TextFormats.FaultIn(format.ToString(), text) is { } expected)
            Add(path, $"Expected {expected}, found \"{Cut(text)}\".");
    }

    private void CheckRange(double number, JsonElement schema, string least, string most, string path, string unit)
    {
        var low = schema.TryGetProperty(least, out var minimum) && minimum.TryGetDouble(out var min) && number < min;
        var high = schema.TryGetProperty(most, out var maximum) && maximum.TryGetDouble(out var max) && number > max;
        if (low || high)
            Add(path, $"Expected {(low ? "at least" : "at most")} {(low ? minimum : maximum).GetRawText()}{(unit.Length > 0 ? " " + unit : "")}, found {number.ToString(CultureInfo.InvariantCulture)}.");
    }

    // Names compare as the serializer of the worker does: as written, else without regard to case.
    private static JsonElement? Find(JsonElement properties, string name)
    {
        if (properties.TryGetProperty(name, out var exact))
            return exact;
        foreach (var property in properties.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }
        return null;
    }

    private static void FindUnreadableText(JsonElement value, string path, List<ArgumentProblem> problems, int depth)
    {
        if (problems.Count >= MaxProblems || depth > MaxDepth)
            return;
        if (value.ValueKind == JsonValueKind.String && TryRead(value.GetString) is null)
            problems.Add(new ArgumentProblem(path, "The text holds half of a surrogate pair (a lone \\uD800 to \\uDFFF), which no text can carry; take it out."));
        else if (value.ValueKind == JsonValueKind.Array)
            foreach (var (index, item) in value.EnumerateArray().Index())
                FindUnreadableText(item, $"{path}[{index}]", problems, depth + 1);
        else if (value.ValueKind == JsonValueKind.Object)
            foreach (var (name, item) in PropertiesOf(value, path, problems))
                FindUnreadableText(item, $"{path}.{name}", problems, depth + 1);
    }

    // The reader of JSON lets \uD800 pass and only fails when the text is asked for.
    private static string? TryRead(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Cut(string text, int longest = 80)
    {
        if (text.Length <= longest)
            return text;
        return text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)] + "…";
    }

    private void Add(string path, string message) => _problems.Add(new ArgumentProblem(path, message));
}
