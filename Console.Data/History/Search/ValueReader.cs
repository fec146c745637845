using System.Text;

namespace OpsConsole.Data.History.Search;

/// <summary>Reads values: bare characters, quoted ones and wildcards, in any order side by side.</summary>
internal sealed class ValueReader(string text, FaultList faults)
{
    /// <param name="hasList">Whether a comma ends the value.</param>
    /// <returns>Null when there is none.</returns>
    public ValueToken? Read(int start, bool hasList)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var at = start;
        while (at < text.Length && (QueryChars.IsBare(text[at]) || text[at] is '*' or '"' || text[at] == ',' && !hasList && at > start))
        {
            if (text[at] == '"') at = AppendQuoted(at, part);
            else if (text[at] == '*') at = EndPart(at, parts, part);
            else part.Append(text[at++]);
        }
        parts.Add(part.ToString());
        return at == start ? null : new(TextPattern.Of(parts), start, at - start);
    }

    /// <summary>What stands between the quotes that begin at a place; no text when they are not closed.</summary>
    public static (string? Text, int End) Quoted(string text, int start)
    {
        var inner = new StringBuilder();
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == '"') return (inner.ToString(), at + 1);
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\') at++;
            inner.Append(text[at]);
        }
        return (null, text.Length);
    }

    private int AppendQuoted(int at, StringBuilder part)
    {
        var (inner, end) = Quoted(text, at);
        if (inner is null) faults.Add(at, end - at, "This quote is not closed: another \" is expected at its end.");
        // Something must stand for it, or it would be told as missing as well.
        part.Append(inner ?? "?");
        return end;
    }

    private static int EndPart(int at, List<string> parts, StringBuilder part)
    {
        parts.Add(part.ToString());
        part.Clear();
        return at + 1;
    }
}
