using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OpsConsole.Jobs.Protocol;

/// <summary>How JSON is written and read on both sides of the wire.</summary>
public static class JobJson
{
    /// <summary>
    /// Arguments and results: property names as declared and read without regard to case, enums as names and read as numbers
    /// too, so that arguments made by a Hangfire client bind as well.
    /// </summary>
    public static JsonSerializerOptions Arguments { get; } = ReadOnly(new JsonSerializerOptions
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter() },
    });

    /// <summary>Records of the protocol, such as catalogue entries and vitals: camel case, nulls left out.</summary>
    public static JsonSerializerOptions Records { get; } = ReadOnly(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    });

    private static JsonSerializerOptions ReadOnly(JsonSerializerOptions options)
    {
        options.MakeReadOnly();
        return options;
    }
}
