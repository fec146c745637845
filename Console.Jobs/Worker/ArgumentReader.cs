using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Worker;

/// <summary>Turns the stored arguments of one job type into the values its method takes.</summary>
internal sealed class ArgumentReader(MethodInfo method)
{
    private readonly Parameter[] _parameters = [.. method.GetParameters().Select(parameter => new Parameter(parameter))];

    /// <summary>Reads the stored array of JSON texts.</summary>
    /// <param name="stored">The job hash's <c>Arguments</c>.</param>
    /// <param name="context">Given to parameters that ask for it.</param>
    /// <exception cref="ArgumentBindingException">What is stored does not fit; the message names the parameter.</exception>
    public object?[] Read(string stored, JobContext context)
    {
        var texts = ReadTexts(stored);
        if (texts.Length > _parameters.Length)
            throw new ArgumentBindingException($"{texts.Length} arguments are stored, but the method takes {_parameters.Length}. The method was changed after the job was made; enqueue it again.");
        var values = _parameters.Length == 0 ? [] : new object?[_parameters.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = _parameters[i].Value(i < texts.Length ? texts[i] : null, i < texts.Length, context);
        return values;
    }

    private static string?[] ReadTexts(string stored)
    {
        if (stored is "" or "[]")
            return [];
        try
        {
            return JsonSerializer.Deserialize<string?[]>(stored) ?? [];
        }
        catch (JsonException e)
        {
            throw new ArgumentBindingException($"The stored arguments are no JSON array of texts: {e.Message}", e);
        }
    }

    private sealed class Parameter(ParameterInfo parameter)
    {
        private readonly JsonTypeInfo? _json = IsInjected(parameter.ParameterType) ? null : JobJson.Arguments.GetTypeInfo(parameter.ParameterType);
        private readonly bool _takesNull = !parameter.ParameterType.IsValueType || Nullable.GetUnderlyingType(parameter.ParameterType) is not null;

        public object? Value(string? text, bool isStored, JobContext context)
        {
            if (parameter.ParameterType == typeof(CancellationToken))
                return context.Cancellation;
            if (parameter.ParameterType == typeof(JobContext))
                return context;
            if (!isStored || (text is null && !_takesNull))
                return parameter.HasDefaultValue ? parameter.DefaultValue ?? Empty() : throw Missing(isStored);
            return text is null ? null : Read(text);
        }

        private object? Read(string text)
        {
            try
            {
                return JsonSerializer.Deserialize(text, _json!) ?? (_takesNull ? null : throw Missing(true));
            }
            catch (JsonException e)
            {
                return BareTime(text) ?? throw new ArgumentBindingException($"Parameter '{parameter.Name}' ({parameter.ParameterType.Name}) cannot be read from {Shortened(text)}: {e.Message}", e);
            }
            catch (NotSupportedException e)
            {
                throw new ArgumentBindingException($"Parameter '{parameter.Name}' ({parameter.ParameterType.Name}) has a type that JSON cannot make: {e.Message}", e);
            }
        }

        // Hangfire's compatibility level 110 stores moments as bare text without quotes.
        private object? BareTime(string text)
        {
            var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            if (type != typeof(DateTime) && type != typeof(DateTimeOffset))
                return null;
            try
            {
                return JsonSerializer.Deserialize(JsonSerializer.Serialize(text), _json!);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        private object? Empty() => _takesNull ? null : Activator.CreateInstance(parameter.ParameterType);

        private ArgumentBindingException Missing(bool isStored) =>
            new($"Parameter '{parameter.Name}' ({parameter.ParameterType.Name}) {(isStored ? "is null, which its type cannot hold" : "is missing")}. Enqueue the job again with a value for it.");

        private static string Shortened(string text) => text.Length <= 200 ? text : text[..200] + "…";
    }

    public static bool IsInjected(Type type) => type == typeof(CancellationToken) || type == typeof(JobContext);
}
