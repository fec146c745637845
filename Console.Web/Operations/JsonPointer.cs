using System.Globalization;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Operations;

/// <summary>A place in a JSON document (RFC 6901), never the document itself.</summary>
internal sealed class JsonPointer
{
    private readonly string[] _segments;

    private JsonPointer(string text, string[] segments) => (Text, _segments) = (text, segments);

    public string Text { get; }

    public static (JsonPointer? Pointer, string? Fault) Parse(string text)
    {
        if (text.Length == 0)
            return (null, "The path is empty: name one argument, as in /customer.");
        if (text[0] != '/')
            return (null, $"The path '{text}' does not begin with /.");
        var segments = text[1..].Split('/');
        foreach (var segment in segments)
        {
            for (var at = segment.IndexOf('~', StringComparison.Ordinal); at >= 0; at = segment.IndexOf('~', at + 1))
            {
                if (at + 1 >= segment.Length || segment[at + 1] is not ('0' or '1'))
                    return (null, $"In the path '{text}' a ~ must be written ~0, and a / within a name ~1.");
            }
        }
        return (new JsonPointer(text, [.. segments.Select(segment => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]), null);
    }

    /// <summary>Whether this place lies within another one, or is it.</summary>
    public bool IsWithin(JsonPointer other) => _segments.Length >= other._segments.Length && _segments.AsSpan(0, other._segments.Length).SequenceEqual(other._segments);

    /// <summary>The value at the place.</summary>
    /// <returns>Why there is none, or null.</returns>
    public string? Find(JsonObject root, out JsonNode? value)
    {
        if (Parent(root, out value) is { } fault)
            return fault;
        (var parent, value) = (value, null);
        if (parent is JsonArray list)
            return Index(list, isInsert: false, out var index) is { } wrong ? wrong : Found(list[index], out value);
        return ((JsonObject)parent!).TryGetPropertyValue(_segments[^1], out value) ? null : $"There is no {Text}.";
    }

    /// <summary>Puts a value there; into a list before the one that stands there.</summary>
    public string? Add(JsonObject root, JsonNode? value)
    {
        if (Parent(root, out var parent) is { } fault)
            return fault;
        if (parent is JsonArray list)
        {
            if (Index(list, isInsert: true, out var index) is { } wrong)
                return wrong;
            list.Insert(index, value);
            return null;
        }
        ((JsonObject)parent!)[_segments[^1]] = value;
        return null;
    }

    public string? Remove(JsonObject root)
    {
        if (Parent(root, out var parent) is { } fault)
            return fault;
        if (parent is not JsonArray list)
            return ((JsonObject)parent!).Remove(_segments[^1]) ? null : $"There is no {Text}.";
        if (Index(list, isInsert: false, out var index) is { } wrong)
            return wrong;
        list.RemoveAt(index);
        return null;
    }

    /// <summary>Puts another value in the place of the one that stands there, where it stands.</summary>
    public string? Replace(JsonObject root, JsonNode? value)
    {
        if (Find(root, out _) is { } missing)
            return missing;
        Parent(root, out var parent);
        if (parent is JsonArray list)
        {
            Index(list, isInsert: false, out var index);
            list[index] = value;
            return null;
        }
        ((JsonObject)parent!)[_segments[^1]] = value;
        return null;
    }

    private static string? Found(JsonNode? found, out JsonNode? value)
    {
        value = found;
        return null;
    }

    private string? Parent(JsonObject root, out JsonNode? parent)
    {
        parent = root;
        for (var i = 0; i < _segments.Length - 1; i++)
        {
            var segment = _segments[i];
            if (parent is JsonObject members && members.TryGetPropertyValue(segment, out var member))
                parent = member;
            else if (parent is JsonArray list && TryIndex(segment, out var index) && index < list.Count)
                parent = list[index];
            else
                return $"There is no {Place(i + 1)}.";
        }
        return parent is JsonObject or JsonArray ? null : $"{Place(_segments.Length - 1)} is no object and no list, so that it has no {Text}.";
    }

    private string Place(int segments) => "/" + string.Join('/', Text[1..].Split('/').Take(segments));

    private string? Index(JsonArray list, bool isInsert, out int index)
    {
        var segment = _segments[^1];
        if (isInsert && segment == "-")
        {
            index = list.Count;
            return null;
        }
        if (!TryIndex(segment, out index))
            return $"{Text} names a place in a list: its last part must be a number{(isInsert ? ", or - for the end" : "")}.";
        return index < list.Count || (isInsert && index == list.Count) ? null : $"There is no {Text}: the list has {list.Count.ToString(CultureInfo.InvariantCulture)} values.";
    }

    private static bool TryIndex(string segment, out int index)
    {
        index = 0;
        return segment == "0" || (segment.Length is > 0 and < 10 && segment[0] != '0' && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out index));
    }
}
