using System.Text.Json;

namespace OpsConsole.Web.Controls;

/// <summary>Compares arguments value by value; the order of names and the white space of JSON do not matter.</summary>
internal static class ArgumentDifference
{
    private const int MaxDepth = 64;

    public static IEnumerable<ChangedMember> Between(string path, string before, string after)
    {
        if (before == after)
            return [];
        var lines = new List<ChangedMember>();
        try
        {
            using var old = JsonDocument.Parse(before);
            using var now = JsonDocument.Parse(after);
            Compare(path, old.RootElement, now.RootElement, lines, 0);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [new ChangedMember(path, before, after)];
        }
        return lines;
    }

    private static void Compare(string path, JsonElement before, JsonElement after, List<ChangedMember> lines, int depth)
    {
        if (JsonElement.DeepEquals(before, after))
            return;
        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object && depth < MaxDepth)
            CompareObjects(path, before, after, lines, depth + 1);
        else if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array && before.GetArrayLength() == after.GetArrayLength() && depth < MaxDepth)
            foreach (var (index, (old, now)) in before.EnumerateArray().Zip(after.EnumerateArray()).Index())
                Compare($"{path}[{index}]", old, now, lines, depth + 1);
        else
            lines.Add(new ChangedMember(path, before.GetRawText(), after.GetRawText()));
    }

    private static void CompareObjects(string path, JsonElement before, JsonElement after, List<ChangedMember> lines, int depth)
    {
        foreach (var property in before.EnumerateObject())
        {
            if (after.TryGetProperty(property.Name, out var now))
                Compare($"{path}.{property.Name}", property.Value, now, lines, depth);
            else
                lines.Add(new ChangedMember($"{path}.{property.Name}", property.Value.GetRawText(), null));
        }
        lines.AddRange(after.EnumerateObject().Where(property => !before.TryGetProperty(property.Name, out _))
            .Select(property => new ChangedMember($"{path}.{property.Name}", null, property.Value.GetRawText())));
    }
}
