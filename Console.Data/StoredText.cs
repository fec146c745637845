using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace OpsConsole.Data;

/// <summary>
/// Makes any text storable: PostgreSQL refuses NUL, and half of a surrogate pair has no UTF-8. Both become U+FFFD,
/// which is visible, instead of vanishing.
/// </summary>
public static class StoredText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text without what cannot be stored, cut to <paramref name="most"/> UTF-16 code units.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clean(string? text, int most)
    {
        if (text is null || (text.Length <= most && IsClean(text)))
            return text;
        var clean = new StringBuilder(Math.Min(text.Length, most));
        for (var at = 0; at < text.Length; at++)
        {
            var paired = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
            var width = paired ? 2 : 1;
            var left = at + width == text.Length ? 0 : 1;
            if (clean.Length + width + left > most)
                return clean.Append('…').ToString();
            if (paired)
                clean.Append(text[at]).Append(text[++at]);
            else
                clean.Append(text[at] == '\0' || char.IsSurrogate(text[at]) ? Replacement : text[at]);
        }
        return clean.ToString();
    }

    /// <summary>Whether the text can be stored as it is, as far as can be told at a glance: pairs of surrogates take a closer look.</summary>
    public static bool IsClean(ReadOnlySpan<char> text) => text.IndexOf('\0') < 0 && text.IndexOfAnyInRange('\uD800', '\uDFFF') < 0;
}
