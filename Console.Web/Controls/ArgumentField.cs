using System.Globalization;
using System.Text.Json;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Controls;

/// <summary>How one argument is asked for.</summary>
public enum ArgumentFieldKind { Text, LongText, Whole, Number, Choice, Moment, Json }

/// <summary>One argument of a job type as a field: what its schema says, and the text that was filled in.</summary>
public sealed class ArgumentField
{
    private readonly bool _isArray;

    private ArgumentField(JobParameter parameter, JsonElement schema)
    {
        Name = parameter.Name;
        IsRequired = parameter.DefaultJson is null;
        Default = parameter.DefaultJson is null or "null" ? "" : parameter.DefaultJson;
        Description = Text(schema, "description");
        Choices = schema.ValueKind == JsonValueKind.Object ? ChoicesOf(schema) : [];
        Kind = KindOf(schema, Choices.Count > 0);
        _isArray = TypeOf(schema) == "array";
        MaxLength = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("maxLength", out var max) && max.TryGetInt32(out var length) ? length : null;
        Note = NoteOf(schema);
        if (Kind == ArgumentFieldKind.Text && MaxLength >= 400) Kind = ArgumentFieldKind.LongText;
    }

    public string Name { get; }
    public ArgumentFieldKind Kind { get; }
    public bool IsRequired { get; }
    /// <summary>JSON of the value that is used when nothing is filled in; empty for none.</summary>
    public string Default { get; }
    public string Description { get; }
    /// <summary>What the value has to be, in words.</summary>
    public string Note { get; }
    public int? MaxLength { get; }
    /// <summary>JSON of each value that is allowed, with its text.</summary>
    public IReadOnlyList<(string Json, string Text)> Choices { get; }

    /// <summary>As filled in; empty leaves the argument out.</summary>
    public string Value { get; set; } = "";

    public static ArgumentField Of(JobParameter parameter)
    {
        try
        {
            using var schema = JsonDocument.Parse(parameter.SchemaJson.Length == 0 ? "{}" : parameter.SchemaJson);
            return new ArgumentField(parameter, schema.RootElement);
        }
        catch (JsonException)
        {
            return new ArgumentField(parameter, default);
        }
    }

    /// <summary>What JSON starts with for an argument that must be given and is not yet.</summary>
    public string Start => Kind switch
    {
        ArgumentFieldKind.Text or ArgumentFieldKind.LongText => "\"\"",
        ArgumentFieldKind.Json => _isArray ? "[]" : "{}",
        _ => "null",
    };

    /// <summary>The value as JSON, null when it is left out; or what is wrong with the text.</summary>
    public (string? Json, string? Problem) Read(TimeZoneInfo zone)
    {
        if (Value.Length == 0) return (null, null);
        return Kind switch
        {
            ArgumentFieldKind.Whole => Number(decimal.TryParse(Value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _), "Give a whole number, such as 42."),
            ArgumentFieldKind.Number => Number(double.TryParse(Value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number), "Give a number, such as 2.5."),
            ArgumentFieldKind.Choice => Choices.Any(choice => choice.Json == Value) ? (Value, null) : (null, "Choose one of the list."),
            ArgumentFieldKind.Moment => LocalTime.Parse(Value, zone) is { } at ? (JsonSerializer.Serialize(at), null) : (null, $"Give a date and a time that {zone.Id} has."),
            ArgumentFieldKind.Json => Json(),
            _ => (JsonSerializer.Serialize(Value), null),
        };
    }

    /// <summary>Takes a value from JSON; false when this field cannot show it.</summary>
    public bool Take(JsonElement value, TimeZoneInfo zone)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Null when Default.Length == 0 => "",
            _ when Kind == ArgumentFieldKind.Json => Indented(value),
            _ when Kind == ArgumentFieldKind.Choice => Choices.Select(choice => choice.Json).FirstOrDefault(json => json == value.GetRawText()),
            JsonValueKind.String when Kind == ArgumentFieldKind.Moment => value.TryGetDateTimeOffset(out var at) ? TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) : null,
            JsonValueKind.String when Kind is ArgumentFieldKind.Text or ArgumentFieldKind.LongText => value.GetString() is { } given && (given.Length > 0 || IsRequired) ? given : null,
            JsonValueKind.Number when Kind is ArgumentFieldKind.Whole or ArgumentFieldKind.Number => value.GetRawText(),
            _ => null,
        };
        if (text is null) return false;
        Value = text;
        return true;
    }

    private (string?, string?) Number(bool isSound, string problem)
    {
        if (!isSound) return (null, problem);
        var text = Value.Trim().TrimStart('+');
        try
        {
            using var number = JsonDocument.Parse(text);
            return (text, null);
        }
        catch (JsonException)
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? (value.ToString("R", CultureInfo.InvariantCulture), null) : (null, problem);
        }
    }

    private (string?, string?) Json()
    {
        try
        {
            using var json = JsonDocument.Parse(Value);
            return (Value, null);
        }
        catch (JsonException e)
        {
            return (null, $"This is no valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static ArgumentFieldKind KindOf(JsonElement schema, bool hasChoices)
    {
        if (hasChoices) return ArgumentFieldKind.Choice;
        return TypeOf(schema) switch
        {
            "string" => Text(schema, "format") == "date-time" ? ArgumentFieldKind.Moment : ArgumentFieldKind.Text,
            "integer" => ArgumentFieldKind.Whole,
            "number" => ArgumentFieldKind.Number,
            _ => ArgumentFieldKind.Json,
        };
    }

    private static List<(string, string)> ChoicesOf(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() <= 200)
            return [.. values.EnumerateArray().Where(value => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)).Select(value => (value.GetRawText(), value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()))];
        return TypeOf(schema) == "boolean" ? [("true", "Yes"), ("false", "No")] : [];
    }

    /// <summary>The one type besides null that a schema allows, or empty.</summary>
    private static string TypeOf(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type)) return "";
        if (type.ValueKind == JsonValueKind.String) return type.GetString()!;
        var types = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!).Where(one => one != "null").ToList() : [];
        return types is [var only] ? only : "";
    }

    private string NoteOf(JsonElement schema)
    {
        var parts = new List<string>();
        var (low, high) = (Raw(schema, "minimum"), Raw(schema, "maximum"));
        if (low.Length > 0 && high.Length > 0) parts.Add($"{low} to {high}");
        else if (low.Length > 0) parts.Add($"at least {low}");
        else if (high.Length > 0) parts.Add($"at most {high}");
        if (MaxLength is { } longest) parts.Add($"at most {longest.ToString("#,0", CultureInfo.InvariantCulture)} characters");
        if (Kind == ArgumentFieldKind.Json) parts.Add(TypeOf(schema) switch { "array" => "a JSON array", "object" => "a JSON object", _ => "JSON" });
        if (Default.Length > 0) parts.Add($"{(Default is "true" ? "yes" : Default is "false" ? "no" : Default.Trim('"'))} when left empty");
        else if (!IsRequired) parts.Add("may be left empty");
        return string.Join(", ", parts);
    }

    private static string Text(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Raw(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "";

    private static string Indented(JsonElement value) => JsonSerializer.Serialize(value, ArgumentForm.Writing);
}
