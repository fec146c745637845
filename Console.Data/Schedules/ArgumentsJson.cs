using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Data.Schedules;

/// <summary>
/// Arguments are text to the console and JSON in a definition: token by token as they were typed, without the blanks between them.
/// Text that is no object or array is kept as a string, so that nothing is lost before it is checked.
/// </summary>
internal sealed class ArgumentsJson : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString()!;
        using var document = JsonDocument.ParseValue(ref reader);
        return Compact(document.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (!IsContainer(value))
            writer.WriteStringValue(value);
        else if (!options.WriteIndented || !TryWriteIndented(writer, value))
            writer.WriteRawValue(Compact(value), skipInputValidation: true);
    }

    private static bool IsContainer(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryWriteIndented(Utf8JsonWriter writer, string json)
    {
        using var document = JsonDocument.Parse(json);
        var copy = new MemoryStream();
        try
        {
            using (var trial = new Utf8JsonWriter(copy, new JsonWriterOptions { Indented = true, Encoder = writer.Options.Encoder }))
                document.RootElement.WriteTo(trial);
        }
        catch (InvalidOperationException)
        {
            // A string with an escaped half of a character can be kept, but not written anew.
            return false;
        }
        document.RootElement.WriteTo(writer);
        return true;
    }

    private static string Compact(string json)
    {
        var compact = new StringBuilder(json.Length);
        var inside = false;
        for (var at = 0; at < json.Length; at++)
        {
            var c = json[at];
            if (!inside && c is ' ' or '\t' or '\r' or '\n')
                continue;
            compact.Append(c);
            if (inside && c == '\\')
                compact.Append(json[++at]);
            else if (c == '"')
                inside = !inside;
        }
        return compact.ToString();
    }
}
