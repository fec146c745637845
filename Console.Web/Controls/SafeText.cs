using System.Text;

namespace OpsConsole.Web.Controls;

/// <summary>
/// Stored text on its way to a page. Razor escapes markup; this takes care of what escaping leaves: halves of characters
/// that no encoding can send, control characters, marks that turn the direction of everything after them, and length.
/// </summary>
public static class SafeText
{
    /// <summary>One line: breaks become spaces, and no more than <paramref name="limit"/> characters.</summary>
    public static string Inline(string? text, int limit = 400) => Clean(text, limit, keepBreaks: false);

    /// <summary>Several lines, cut at <paramref name="limit"/> characters with a note that says how much is left out.</summary>
    public static string Block(string? text, int limit = 64 * 1024)
    {
        if (text is null || text.Length <= limit) return Clean(text, limit, keepBreaks: true);
        return Clean(text, limit, keepBreaks: true) + $"\n… cut here: {limit:#,0} of {text.Length:#,0} characters are shown.";
    }

    private static string Clean(string? text, int limit, bool keepBreaks)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var end = Math.Min(text.Length, limit);
        var first = 0;
        while (first < end && IsPlain(text[first], keepBreaks)) first++;
        if (first == end) return end == text.Length ? text : text[..end] + (keepBreaks ? "" : "…");

        var result = new StringBuilder(end + 8).Append(text, 0, first);
        for (var i = first; i < end; i++)
        {
            var c = text[i];
            if (IsPlain(c, keepBreaks)) result.Append(c);
            else if (char.IsHighSurrogate(c) && i + 1 < end && char.IsLowSurrogate(text[i + 1])) result.Append(c).Append(text[++i]);
            else if (c is '\r' or '\n' or '\t') result.Append(keepBreaks ? c : ' ');
            else if (char.IsSurrogate(c)) result.Append('\uFFFD');
            else if (c < ' ') result.Append((char)('\u2400' + c));
            else result.Append('\uFFFD');
        }
        if (!keepBreaks && end < text.Length) result.Append('…');
        return result.ToString();
    }

    private static bool IsPlain(char c, bool keepBreaks) => c switch
    {
        '\r' or '\n' or '\t' => keepBreaks,
        < ' ' or '\u007F' => false,
        // Marks of direction: in a console they only serve to make a name look like another.
        >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u200E' or '\u200F' => false,
        '\uFFFE' or '\uFFFF' => false,
        _ => !char.IsSurrogate(c),
    };
}
