using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OpsConsole.Data.Schedules;

/// <summary>A definition as JSON, the same in the database, in files and in the editor: camelCase, without what has its default.</summary>
public static class ScheduleJson
{
    private static readonly JsonSerializerOptions Stored = Options(strict: false, indented: false);
    private static readonly JsonSerializerOptions Indented = Options(strict: false, indented: true);
    private static readonly JsonSerializerOptions Strict = Options(strict: true, indented: false);

    /// <summary>The same text for the same definition, so it serves for comparison too.</summary>
    public static string Write(ScheduleDefinition definition, bool indented = false) => JsonSerializer.Serialize(definition, indented ? Indented : Stored);

    /// <summary>The same text for timings that mean the same moments, but for the order of their parts.</summary>
    public static string Write(ScheduleTiming timing) => JsonSerializer.Serialize(timing, Stored);

    /// <summary>Reads what <see cref="Write(ScheduleDefinition, bool)"/> wrote; members that this version does not know are left out.</summary>
    public static ScheduleDefinition Read(string json) => JsonSerializer.Deserialize<ScheduleDefinition>(json, Stored)!;

    /// <summary>Reads what <see cref="Write(ScheduleTiming)"/> wrote.</summary>
    public static ScheduleTiming ReadTiming(string json) => JsonSerializer.Deserialize<ScheduleTiming>(json, Stored)!;

    /// <summary>Reads what a person wrote.</summary>
    /// <exception cref="JsonException">It is no JSON, or has an unknown member, one that is there twice, a wrong type or a null; the path says where.</exception>
    public static ScheduleDefinition ReadStrictly(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ReadStrictly(document.RootElement);
    }

    /// <inheritdoc cref="ReadStrictly(string)"/>
    public static ScheduleDefinition ReadStrictly(JsonElement json) =>
        Complete(json.Deserialize<ScheduleDefinition>(Strict) ?? throw new JsonException("A schedule is an object, not null.", "$", null, null));

    /// <summary>Whether a value by itself is one that a definition can hold, such as a local time.</summary>
    public static bool CanRead<T>(JsonElement json)
    {
        try
        {
            return json.Deserialize<T>(Strict) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static bool Same(ScheduleDefinition? a, ScheduleDefinition? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && Write(a) == Write(b));

    private static ScheduleDefinition Complete(ScheduleDefinition definition)
    {
        RefuseNull("tags", definition.Tags);
        RefuseNull("when.cron", definition.When.Cron);
        RefuseNull("when.every", definition.When.Every);
        RefuseNull("when.exceptRanges", definition.When.ExceptRanges);
        RefuseNull("when.exceptCalendars", definition.When.ExceptCalendars);
        return definition;
    }

    private static void RefuseNull<T>(string path, IReadOnlyList<T?> items) where T : class
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is null)
                throw new JsonException($"$.{path}[{i}] is null; leave it out instead.", $"$.{path}[{i}]", null, null);
        }
    }

    private static JsonSerializerOptions Options(bool strict, bool indented)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectNullableAnnotations = true,
            WriteIndented = indented,
            AllowDuplicateProperties = !strict,
            UnmappedMemberHandling = strict ? JsonUnmappedMemberHandling.Disallow : JsonUnmappedMemberHandling.Skip,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveDefaultsOut, KeepArgumentsAsJson } },
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new LocalDateTimeJson(), new LocalTimeJson() },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void KeepArgumentsAsJson(JsonTypeInfo type)
    {
        if (type.Type == typeof(ScheduledJob))
            type.Properties.Single(property => property.Name == "arguments").CustomConverter = new ArgumentsJson();
    }

    private static void LeaveDefaultsOut(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        var untouched = type.CreateObject?.Invoke();
        foreach (var property in type.Properties)
        {
            var usual = untouched is not null ? property.Get?.Invoke(untouched)
                : property.AssociatedParameter is { HasDefaultValue: true } parameter ? parameter.DefaultValue : null;
            property.ShouldSerialize = (_, value) => value switch
            {
                null => false,
                ICollection list => list.Count > 0,
                // Records with lists are equal only to themselves; their own members decide, and an empty object says it plainly.
                ScheduledJob or ScheduleTiming => true,
                _ => !Equals(value, usual),
            };
        }
    }
}
