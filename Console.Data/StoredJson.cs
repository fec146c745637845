using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsConsole.Data;

/// <summary>
/// Makes any text storable as <c>jsonb</c>, which refuses what JSON allows: NUL and half of a surrogate pair, even escaped, numbers
/// beyond all measure, and nesting beyond its stack. What is not JSON is stored as a JSON string of itself.
/// </summary>
public static class StoredJson
{
    private const int Depth = 128;
    // numeric holds 131,072 digits before the point and 16,383 behind it; nobody means more than these.
    private const int NumberLength = 400;
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = Depth + 2, SkipValidation = true };

    /// <param name="most">Longest text, in UTF-16 code units; a longer one is stored as a string that is cut.</param>
    public static string Clean(string text, int most)
    {
        if (text.Length > most)
            return AsString(text, most);
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            if (IsStorable(text, bytes))
                return text;
            var clean = Rewrite(bytes);
            return clean.Length > most ? AsString(text, most) : clean;
        }
        catch (JsonException)
        {
            return AsString(text, most);
        }
    }

    private static string AsString(string text, int most) => JsonSerializer.Serialize(StoredText.Clean(text, most));

    private static bool IsStorable(string text, byte[] bytes)
    {
        var hasEscape = text.Contains("\\u", StringComparison.Ordinal) || !StoredText.IsClean(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Depth });
        var isStorable = !hasEscape;
        while (reader.Read())
            isStorable &= reader.TokenType != JsonTokenType.Number || IsNumber(reader.ValueSpan);
        return isStorable;
    }

    private static bool IsNumber(ReadOnlySpan<byte> number)
    {
        if (number.Length > NumberLength)
            return false;
        var exponent = number.IndexOfAny((byte)'e', (byte)'E');
        return exponent < 0 || (int.TryParse(number[(exponent + 1)..], out var power) && Math.Abs(power) <= NumberLength);
    }

    private static string Rewrite(byte[] bytes)
    {
        using var buffer = new MemoryStream(bytes.Length);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Depth });
            while (reader.Read())
                Copy(ref reader, writer);
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: writer.WriteStartObject(); break;
            case JsonTokenType.EndObject: writer.WriteEndObject(); break;
            case JsonTokenType.StartArray: writer.WriteStartArray(); break;
            case JsonTokenType.EndArray: writer.WriteEndArray(); break;
            case JsonTokenType.PropertyName: writer.WritePropertyName(Text(ref reader)); break;
            case JsonTokenType.String: writer.WriteStringValue(Text(ref reader)); break;
            case JsonTokenType.Number when !IsNumber(reader.ValueSpan): writer.WriteStringValue(reader.ValueSpan); break;
            default: writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true); break;
        }
    }

    // GetString throws at half of a pair; its escape then stays to be read as text.
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            var text = reader.GetString()!;
            return StoredText.Clean(text, int.MaxValue);
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
