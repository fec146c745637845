using System.Text.Json;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Web.Schedules.Files;

/// <summary>Compares JSON with a shape and says everything that does not fit, where a reader that throws would stop at the first fault.</summary>
internal sealed class ShapeCheck
{
    private const int MostProblems = 20;
    private const int LongestName = 80;
    private readonly List<DefinitionProblem> _problems = [];

    public static IReadOnlyList<DefinitionProblem> Of(JsonElement json)
    {
        var check = new ShapeCheck();
        check.Check(Shape.Definition, json, "");
        return check._problems;
    }

    /// <summary>A text of the JSON, or null where none can be made of it: half of a surrogate pair can be written, but not read.</summary>
    public static string? TextOf(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text of a member, or null.</summary>
    public static string? MemberText(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object
        ? json.EnumerateObject().Where(property => NameOf(property) == name).Select(property => TextOf(property.Value)).FirstOrDefault()
        : null;

    private void Check(Shape shape, JsonElement json, string path)
    {
        if (_problems.Count >= MostProblems)
            return;
        if (json.ValueKind == JsonValueKind.Null)
        {
            if (!shape.IsNullable)
                Add(path, "This is null; leave it out instead.");
        }
        else if (shape.Kind == ShapeKind.Object && json.ValueKind == JsonValueKind.Object)
            CheckMembers(shape, json, path);
        else if (shape.Kind == ShapeKind.List && json.ValueKind == JsonValueKind.Array)
            foreach (var (index, item) in json.EnumerateArray().Index())
                Check(shape.Item!, item, $"{path}[{index}]");
        else if (!Fits(shape, json))
            Add(path, $"This is {Describe(json)}; {shape.Words}.");
    }

    private void CheckMembers(Shape shape, JsonElement json, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            var name = NameOf(property);
            if (name is null || !shape.Members.TryGetValue(name, out var member))
                Add(path, Unknown(name, shape));
            else if (!seen.Add(name))
                Add(Join(path, name), "This member stands there twice; take one out.");
            else
                Check(member, property.Value, Join(path, name));
        }
        foreach (var missing in shape.Required.Where(name => !seen.Contains(name)))
            Add(Join(path, missing), "This member is missing.");
    }

    private static string Unknown(string? name, Shape shape)
    {
        if (name is null)
            return "The name of a member holds half of a surrogate pair; take it out.";
        var shown = name.Length > LongestName ? name[..LongestName] + "…" : name;
        return shape.Members.Keys.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } meant
            ? $"There is no member \"{shown}\"; it is written \"{meant}\"."
            : $"There is no member \"{shown}\" here; known are {string.Join(", ", shape.Members.Keys)}.";
    }

    private static bool Fits(Shape shape, JsonElement json) => shape.Kind switch
    {
        ShapeKind.Text => TextOf(json) is not null,
        ShapeKind.Whole => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out _),
        ShapeKind.Long => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out _),
        ShapeKind.Choice => TextOf(json) is { } text && shape.Choices.Contains(text),
        ShapeKind.Moment => IsReadable<DateTime>(json),
        ShapeKind.TimeOfDay => IsReadable<TimeOnly>(json),
        ShapeKind.Arguments => json.ValueKind is JsonValueKind.Object or JsonValueKind.Array,
        _ => false,
    };

    private static bool IsReadable<T>(JsonElement json) => TextOf(json) is not null && ScheduleJson.CanRead<T>(json);

    private static string Describe(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => TextOf(json) is { } text ? $"the text \"{(text.Length > LongestName ? text[..LongestName] + "…" : text)}\"" : "a text with half of a surrogate pair",
        JsonValueKind.Number => json.GetRawText() is { Length: <= LongestName } number ? "the number " + number : "a number",
        _ => json.GetRawText(),
    };

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void Add(string path, string message)
    {
        if (_problems.Count < MostProblems)
            _problems.Add(new DefinitionProblem(path, message));
    }
}
