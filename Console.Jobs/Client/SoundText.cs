using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Client;

/// <summary>
/// Writes texts, and refuses half of a surrogate pair: the serializer would silently put a replacement character in its place.
/// </summary>
internal sealed class SoundText : JsonConverter<string>
{
    /// <summary>The options for arguments, with this check.</summary>
    public static readonly JsonSerializerOptions Arguments = new(JobJson.Arguments) { Converters = { new SoundText() } };

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Check(value));

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(Check(value));

    private static string Check(string text) =>
        TextRules.HalfPairIn(text) is { } place ? throw new JsonException($"There is half of a surrogate pair (U+{(int)text[place]:X4}) at position {place + 1} of a text, which no text can carry; take it out.") : text;
}
