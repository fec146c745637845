using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Worker;

/// <summary>Describes a method's parameters for those who fill them in: a JSON schema for each.</summary>
internal static class JobSchema
{
    // Numbers are read from text too, for Hangfire's sake; a form need not offer that.
    private static readonly JsonSerializerOptions s_options = new(JobJson.Arguments) { NumberHandling = JsonNumberHandling.Strict };

    private static readonly JsonSchemaExporterOptions s_exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) => Annotate(node, context.PropertyInfo?.AttributeProvider),
    };

    public static JobParameter Describe(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var name = parameter.Name ?? "arg" + parameter.Position.ToString(CultureInfo.InvariantCulture);
        if (ArgumentReader.IsInjected(type))
            return new JobParameter(name, TypeNames.Stored(type), "", "null", IsInjected: true);
        return new JobParameter(name, TypeNames.Stored(type), SchemaOf(parameter), DefaultOf(parameter), IsInjected: false);
    }

    private static string SchemaOf(ParameterInfo parameter)
    {
        var node = JsonSchemaExporter.GetJsonSchemaAsNode(s_options, parameter.ParameterType, s_exporter);
        if (node is JsonObject schema && schema["type"] is { } types)
            schema["type"] = TypesOf(types, AllowsNull(parameter));
        return Annotate(node, parameter).ToJsonString(JobJson.Records);
    }

    // The exporter knows of a root only its type, not whether the parameter was declared with a question mark.
    private static JsonNode TypesOf(JsonNode types, bool withNull)
    {
        string[] names = types is JsonArray list ? [.. list.Select(type => type!.GetValue<string>())] : [types.GetValue<string>()];
        names = [.. names.Where(name => name != "null"), .. withNull ? new[] { "null" } : []];
        return names.Length == 1 ? names[0] : new JsonArray([.. names.Select(name => (JsonNode)name)]);
    }

    private static bool AllowsNull(ParameterInfo parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterType) is not null
        || (!parameter.ParameterType.IsValueType && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable);

    private static string? DefaultOf(ParameterInfo parameter)
    {
        if (!parameter.HasDefaultValue)
            return null;
        var value = parameter.DefaultValue is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? Activator.CreateInstance(parameter.ParameterType)
            : parameter.DefaultValue;
        return value is null ? "null" : JsonSerializer.Serialize(value, parameter.ParameterType, s_options);
    }

    private static JsonNode Annotate(JsonNode node, ICustomAttributeProvider? source)
    {
        if (source is null || node is not JsonObject schema)
            return node;
        foreach (var attribute in source.GetCustomAttributes(inherit: true))
        {
            switch (attribute)
            {
                case DescriptionAttribute description:
                    schema["description"] = description.Description;
                    break;
                case RangeAttribute { Minimum: int or double } range:
                    schema["minimum"] = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
                    schema["maximum"] = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
                    break;
                case StringLengthAttribute length:
                    schema["maxLength"] = length.MaximumLength;
                    if (length.MinimumLength > 0)
                        schema["minLength"] = length.MinimumLength;
                    break;
                default:
                    break;
            }
        }
        return schema;
    }
}
