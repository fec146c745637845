using System.Text;
using System.Text.Json;

namespace OpsConsole.Web.Controls;

/// <summary>One line of laid-out JSON: a key when the line has one, then the rest.</summary>
public sealed record JsonLine(int Indent, string Key, string Rest);

/// <summary>
/// Lays JSON out for reading, token by token. Strings are unescaped where that can be shown and kept as they are stored
/// where it cannot (lone surrogates), so that nothing in a job's arguments can break its page.
/// </summary>
public sealed class JsonText
{
    private readonly List<JsonLine> _lines = [];
    private readonly StringBuilder _rest = new();
    private string _key = "";
    private bool _afterKey;
    private int _indent;

    public IReadOnlyList<JsonLine> Lines => _lines;

    /// <summary>What is wrong or left out, or null.</summary>
    public string? Note { get; private set; }

    public static JsonText Lay(string? json, int maxLines = 500, int maxCharacters = 64 * 1024)
    {
        var text = new JsonText();
        json ??= "";
        try
        {
            // JSON outside strings is ASCII; a lone surrogate becomes U+FFFD here and stays visible as such.
            var bytes = Encoding.UTF8.GetBytes(json.Length > maxCharacters ? json[..maxCharacters] : json);
            text.Read(bytes, isWhole: json.Length <= maxCharacters, maxLines);
            if (json.Length > maxCharacters) text.Note = $"Cut: {maxCharacters / 1024:#,0} KB of {json.Length / 1024.0:#,0} KB are shown.";
        }
        catch (JsonException)
        {
            text._lines.Clear();
            text._lines.AddRange(SafeText.Block(json, maxCharacters).Split('\n').Take(maxLines).Select(line => new JsonLine(0, "", line)));
            text.Note = "This is not valid JSON; it is shown as it is stored.";
        }
        return text;
    }

    private void Read(byte[] bytes, bool isWhole, int maxLines)
    {
        var reader = new Utf8JsonReader(bytes, isWhole, default);
        var open = new Stack<bool>(); // whether the container has a member yet
        while (reader.Read())
        {
            if (_lines.Count >= maxLines)
            {
                Note = $"Cut: the first {maxLines:#,0} lines are shown.";
                break;
            }
            Take(ref reader, open);
        }
        // What is cut in the middle of a text is no token; its beginning is shown all the same.
        if (!isWhole && Note is null) _rest.Append(SafeText.Inline(Encoding.UTF8.GetString(bytes.AsSpan((int)reader.BytesConsumed)).TrimStart(':', ' '), 8 * 1024));
        Flush();
    }

    private void Take(ref Utf8JsonReader reader, Stack<bool> open)
    {
        var token = reader.TokenType;
        if (token is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            if (open.Pop()) { Flush(); _indent--; }
            _rest.Append(token == JsonTokenType.EndObject ? '}' : ']');
            return;
        }
        if (!_afterKey && open.Count > 0) NextMember(open);
        _afterKey = token == JsonTokenType.PropertyName;
        if (_afterKey) _key = Quoted(ref reader);
        else _rest.Append(token switch
        {
            JsonTokenType.StartObject => "{",
            JsonTokenType.StartArray => "[",
            JsonTokenType.String => Quoted(ref reader),
            _ => Encoding.UTF8.GetString(reader.ValueSpan),
        });
        if (token is JsonTokenType.StartObject or JsonTokenType.StartArray) open.Push(false);
    }

    private void NextMember(Stack<bool> open)
    {
        var isFirst = !open.Pop();
        if (!isFirst) _rest.Append(',');
        Flush();
        if (isFirst) _indent++;
        open.Push(true);
    }

    private void Flush()
    {
        if (_rest.Length == 0 && _key.Length == 0) return;
        _lines.Add(new JsonLine(_indent, _key, _rest.ToString()));
        _rest.Clear();
        _key = "";
    }

    private static string Quoted(ref Utf8JsonReader reader)
    {
        string text;
        try
        {
            text = reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return '"' + SafeText.Inline(Encoding.UTF8.GetString(reader.ValueSpan), 8 * 1024) + '"';
        }
        return '"' + SafeText.Inline(text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t"), 8 * 1024) + '"';
    }
}
