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
            return new JobParameter(name, StoredName(type), "", "null", IsInjected: true);
        return new JobParameter(name, StoredName(type), SchemaOf(parameter), DefaultOf(parameter), IsInjected: false);
    }

    /// <summary>Type name as a host with simple type names stores it: the assembly is named except for the core library's.</summary>
    public static string StoredName(Type type)
    {
        var bare = TypeKey.Bare(type.FullName ?? type.Name);
        var assembly = type.Assembly.GetName().Name;
        return assembly is "System.Private.CoreLib" ? bare : $"{bare}, {assembly}";
    }

    private static string SchemaOf(ParameterInfo parameter)
    {
        var node = JsonSchemaExporter.GetJsonSchemaAsNode(s_options, parameter.ParameterType, s_exporter);
        if (!AllowsNull(parameter) && node is JsonObject schema && schema["type"] is JsonArray types)
        {
            var rest = types.Select(type => type!.GetValue<string>()).Where(type => type != "null").ToArray();
            schema["type"] = rest.Length == 1 ? rest[0] : new JsonArray([.. rest.Select(type => (JsonNode)type)]);
        }
        return Annotate(node, parameter).ToJsonString(JobJson.Records);
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
