using System.Buffers;
using System.Globalization;

namespace OpsConsole.Web.Configuration;

/// <summary>Cells of CSV files that spreadsheets show as they are: what would be taken for a formula is made text.</summary>
public static class CsvText
{
    private const string Formulas = "=+-@\uFF1D\uFF0B\uFF0D\uFF20|";

    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",;\"\r\n\t");

    /// <summary>
    /// True for text that a spreadsheet would compute instead of showing it. Spaces and control characters in front do not help against that,
    /// and neither do the wide forms of the signs.
    /// </summary>
    public static bool IsFormula(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return false;
        if (text[0] is '\t' or '\r' or '\n')
            return true;
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)
                return Formulas.Contains(c, StringComparison.Ordinal);
        }
        return false;
    }

    /// <summary>The text, with an apostrophe before what would be a formula.</summary>
    public static string Neutral(string? text) => text is null ? "" : IsFormula(text) ? "'" + text : text;

    /// <summary>A cell: neutral, and in quotation marks where it must be.</summary>
    public static string Cell(string? text)
    {
        var neutral = Neutral(text);
        return neutral.AsSpan().ContainsAny(s_quoted) || neutral.StartsWith(' ') || neutral.EndsWith(' ')
            ? "\"" + neutral.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : neutral;
    }
}
