using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Operations;

/// <summary>
/// A JSON Patch (RFC 6902) for the arguments of a job. Numbers keep every digit that they are stored with, which the library that could
/// be had does not leave them.
/// </summary>
internal sealed class JsonPatch
{
    private const int MostSteps = 100;
    private static readonly string[] s_withValue = ["add", "replace", "test"];
    private static readonly string[] s_withFrom = ["move", "copy"];
    private readonly List<Step> _steps;

    private JsonPatch(List<Step> steps) => _steps = steps;

    /// <summary>Reads a patch; or says what is wrong with it, and where.</summary>
    public static (JsonPatch? Patch, string? Fault) Parse(string? text)
    {
        try
        {
            using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(text) ? "[]" : text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Array)
                return (null, """A patch is a list, as in [{"op":"replace","path":"/customer","value":42}].""");
            if (root.GetArrayLength() is 0 or > MostSteps)
                return (null, root.GetArrayLength() == 0 ? "The patch has no step." : $"A patch has at most {MostSteps} steps; this one has {root.GetArrayLength():N0}.");
            var steps = new List<Step>();
            foreach (var (i, element) in root.EnumerateArray().Index())
            {
                var (step, fault) = ReadStep(element);
                if (step is null)
                    return (null, $"Step {i + 1}: {fault}");
                steps.Add(step);
            }
            return (new JsonPatch(steps), null);
        }
        catch (JsonException e)
        {
            return (null, $"This is no valid JSON: line {(e.LineNumber ?? 0) + 1}, character {(e.BytePositionInLine ?? 0) + 1}.");
        }
        catch (InvalidOperationException)
        {
            return (null, "The patch holds half of a character, which no text can carry.");
        }
    }

    /// <summary>Changes a document.</summary>
    /// <returns>Why it does not apply, or null; then the document may be half changed.</returns>
    public string? Apply(JsonObject document)
    {
        try
        {
            foreach (var (i, step) in _steps.Index())
            {
                if (Apply(document, step) is { } fault)
                    return _steps.Count == 1 ? fault : $"Step {i + 1}: {fault}";
            }
            return null;
        }
        catch (ArgumentException)
        {
            return "It has arguments with the same name twice.";
        }
    }

    private static string? Apply(JsonObject document, Step step)
    {
        switch (step.Name)
        {
            case "add": return step.Path.Add(document, step.NewValue());
            case "remove": return step.Path.Remove(document);
            case "replace": return step.Path.Replace(document, step.NewValue());
            case "test":
                if (step.Path.Find(document, out var found) is { } missing)
                    return missing;
                return JsonNode.DeepEquals(found, step.NewValue()) ? null : $"{step.Path.Text} is not {step.Value.GetRawText()}.";
            default:
                if (step.From!.Find(document, out var value) is { } nothing)
                    return nothing;
                var copy = value?.DeepClone();
                return (step.Name == "move" ? step.From.Remove(document) : null) ?? step.Path.Add(document, copy);
        }
    }

    private static (Step? Step, string? Fault) ReadStep(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return (null, """It is no object, as in {"op":"replace","path":"/customer","value":42}.""");
        var name = Text(element, "op");
        if (name is null || (name != "remove" && !s_withValue.Contains(name) && !s_withFrom.Contains(name)))
            return (null, "Its op must be one of add, remove, replace, move, copy and test.");
        if (Text(element, "path") is not { } path)
            return (null, "It has no path.");
        var (target, fault) = JsonPointer.Parse(path);
        if (target is null)
            return (null, fault);
        if (s_withValue.Contains(name))
            return element.TryGetProperty("value", out var value) ? (new Step(name, target, null, value.Clone()), null) : (null, "It has no value.");
        return name == "remove" ? (new Step(name, target, null, default), null) : ReadFrom(element, name, target);
    }

    private static (Step? Step, string? Fault) ReadFrom(JsonElement element, string name, JsonPointer target)
    {
        if (Text(element, "from") is not { } text)
            return (null, "It has no from.");
        var (from, fault) = JsonPointer.Parse(text);
        if (from is null)
            return (null, fault);
        return name == "move" && target.IsWithin(from) && target.Text != from.Text
            ? (null, $"{from.Text} cannot be moved into itself.")
            : (new Step(name, target, from, default), null);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Step(string Name, JsonPointer Path, JsonPointer? From, JsonElement Value)
    {
        public JsonNode? NewValue() => Value.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(Value.GetRawText());
    }
}
