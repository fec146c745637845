using System.Text;

namespace OpsConsole.Data.Failures;

/// <summary>One word of a message: kept, or replaced by a mark for what it is.</summary>
internal static class MessageWord
{
    private const int MinHex = 8;
    private const int MinHexWithoutDigits = 16;
    /// <summary>From this many changes between letters and digits on, a word is an id and not a name with a number.</summary>
    private const int ManyChanges = 4;

    public static void Append(StringBuilder result, ReadOnlySpan<char> word)
    {
        var ends = word.TrimEnd(".:'");
        var core = ends.TrimStart("'#$€£±~≈").Length is var length and > 0 ? ends[^length..] : ends;
        result.Append(ends[..^core.Length]);
        if (core.Length == 0) { result.Append(word[ends.Length..]); return; }
        if (MarkOf(core) is { } mark) result.Append(mark);
        else AppendNumbered(result, core);
        result.Append(word[ends.Length..]);
    }

    private static string? MarkOf(ReadOnlySpan<char> word)
    {
        if (Addresses.IsMail(word)) return "<mail>";
        if (IsTime(word)) return "<time>";
        if (Addresses.IsPath(word)) return "<path>";
        if (IsGuid(word) || IsHex(word) || IsHexGroups(word) || IsMixed(word)) return "<id>";
        return null;
    }

    private static bool IsGuid(ReadOnlySpan<char> word) => word.Length >= 36 && Guid.TryParse(word[..36], out _);

    private static bool IsHex(ReadOnlySpan<char> word)
    {
        var isPrefixed = word.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var digits = isPrefixed ? word[2..] : word;
        if (digits.Length == 0 || digits.ContainsAnyExcept(Hex)) return false;
        return isPrefixed || digits.Length >= MinHexWithoutDigits || digits.Length >= MinHex && digits.ContainsAny(Digits) && digits.ContainsAnyExcept(Digits);
    }

    /// <summary>Addresses of machines: fe80::1, 00:1a:2b:3c:4d:5e.</summary>
    private static bool IsHexGroups(ReadOnlySpan<char> word) => word.Count(':') >= 2 && !word.ContainsAnyExcept(HexGroups);

    /// <summary>Dates, times of day and spans: digits with two or more separators, a T or Z between or behind.</summary>
    private static bool IsTime(ReadOnlySpan<char> word)
    {
        if (!char.IsAsciiDigit(word[0]) || word.ContainsAnyExcept(TimeChars)) return false;
        return word.Count('-') == 2 || word.Count('/') == 2 || word.Count(':') >= 2 || word.Count('-') > 2 && word.Contains('T') || word.Length <= 6 && word.Count(':') == 1;
    }

    /// <summary>Ids in base 36, 62 or 64: letters and digits take turns many times, and no separator tells parts.</summary>
    private static bool IsMixed(ReadOnlySpan<char> word)
    {
        var changes = 0;
        for (var at = 1; at < word.Length; at++)
        {
            var (before, now) = (word[at - 1], word[at]);
            if (char.IsAsciiDigit(before) && char.IsAsciiLetter(now) || char.IsAsciiLetter(before) && char.IsAsciiDigit(now)) changes++;
        }
        return changes >= ManyChanges;
    }

    /// <summary>Every number in the word becomes a mark: order-17 is order-&lt;n&gt;, 1,024.5ms is &lt;n&gt;ms.</summary>
    private static void AppendNumbered(StringBuilder result, ReadOnlySpan<char> word)
    {
        var at = word.Length > 1 && word[0] is '-' or '+' or '−' && char.IsDigit(word[1]) ? 1 : 0;
        while (at < word.Length)
        {
            if (!char.IsDigit(word[at])) { result.Append(word[at++]); continue; }
            while (at < word.Length && (char.IsDigit(word[at]) || word[at] is '.' or ':' or '-' or '/' or '_' && at + 1 < word.Length && char.IsDigit(word[at + 1]))) at++;
            result.Append("<n>");
        }
    }

    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("0123456789");
    private static readonly System.Buffers.SearchValues<char> Hex = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly System.Buffers.SearchValues<char> HexGroups = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF:%.");
    private static readonly System.Buffers.SearchValues<char> TimeChars = System.Buffers.SearchValues.Create("0123456789-:/.TtZz+");
}
