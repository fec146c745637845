using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsConsole.Web.History;

/// <summary>Leaves out of JSON what its field's name marks as secret.</summary>
internal static class RedactedJson
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mark = "[secret]";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 66 };

    /// <summary>The JSON without secrets. What is no JSON becomes a JSON string of itself.</summary>
    public static string Write(string json, SecretNames secrets, ref bool isRedacted)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            var utf8 = bytes.AsSpan(0, Encoding.UTF8.GetBytes(json, bytes));
            // Most have nothing to hide, and stay as they are.
            if (!HasSecret(utf8, secrets))
                return json;
            isRedacted = true;
            return Rewrite(utf8, secrets);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return JsonSerializer.Serialize(json);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static bool HasSecret(ReadOnlySpan<byte> utf8, SecretNames secrets)
    {
        var reader = new Utf8JsonReader(utf8);
        var found = false;
        while (reader.Read())
            found |= reader.TokenType == JsonTokenType.PropertyName && secrets.IsSecret(reader.GetString()!);
        return found;
    }

    private static string Rewrite(ReadOnlySpan<byte> utf8, SecretNames secrets)
    {
        var target = new ArrayBufferWriter<byte>(utf8.Length + 64);
        using (var writer = new Utf8JsonWriter(target, Writing))
        {
            var reader = new Utf8JsonReader(utf8);
            while (reader.Read())
                Copy(ref reader, writer, secrets);
        }
        return Encoding.UTF8.GetString(target.WrittenSpan);
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, SecretNames secrets)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                CopyProperty(ref reader, writer, secrets);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(reader.GetString());
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan);
                break;
        }
    }

    private static void CopyProperty(ref Utf8JsonReader reader, Utf8JsonWriter writer, SecretNames secrets)
    {
        var name = reader.GetString()!;
        writer.WritePropertyName(name);
        if (!secrets.IsSecret(name))
            return;
        reader.Read();
        reader.Skip();
        writer.WriteStringValue(Mark);
    }
}
