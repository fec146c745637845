using System.Text;

namespace OpsConsole.Data.Failures;

/// <summary>
/// A message with what differs from one failure to the next replaced: <c>&lt;n&gt;</c> for numbers, <c>&lt;id&gt;</c>,
/// <c>&lt;time&gt;</c>, <c>&lt;path&gt;</c>, <c>&lt;url&gt;</c>, <c>&lt;mail&gt;</c>, <c>&lt;text&gt;</c> for what stands in quotes.
/// </summary>
public static class MessageTemplate
{
    /// <summary>Characters of a message that count.</summary>
    private const int Read = 4096;
    /// <summary>Characters of a template that count.</summary>
    public const int MaxLength = 400;
    private const int MaxQuoted = 1024;
    private const string Delimiters = ",;()[]{}=|<>\"`“”„«»‘’…!?";

    public static string Of(string? message)
    {
        if (string.IsNullOrWhiteSpace(message)) return "";
        var left = message.AsSpan(0, Math.Min(message.Length, Read));
        var result = new StringBuilder(Math.Min(left.Length, MaxLength) + 16);
        var previous = '\0';
        while (left.Length > 0 && result.Length <= MaxLength)
        {
            var taken = Take(left, previous, result);
            previous = left[taken - 1];
            left = left[taken..];
        }
        return StoredText.Clean(Repeats.Folded(result.ToString().TrimEnd()), MaxLength);
    }

    /// <summary>Takes the next piece and returns how long it was; at least 1.</summary>
    private static int Take(ReadOnlySpan<char> left, char previous, StringBuilder result)
    {
        if (IsBlank(left[0]))
            return Blanks(left, result);
        if (Quoted(left, previous) is var quoted and > 0)
            return Put(result, "<text>", quoted);
        if (IsDelimiter(left[0]))
        {
            result.Append(left[0]);
            return 1;
        }
        if (Addresses.Url(left) is var url and > 0)
            return Put(result, "<url>", url);
        var word = Word(left);
        MessageWord.Append(result, left[..word]);
        return word;
    }

    private static int Put(StringBuilder result, string mark, int taken)
    {
        result.Append(mark);
        return taken;
    }

    private static int Blanks(ReadOnlySpan<char> left, StringBuilder result)
    {
        var end = 1;
        while (end < left.Length && IsBlank(left[end])) end++;
        if (result.Length > 0) result.Append(' ');
        return end;
    }

    /// <summary>Length of a text in quotes that begins here, or 0. The apostrophe of a word opens none.</summary>
    private static int Quoted(ReadOnlySpan<char> left, char previous)
    {
        var closing = left[0] switch { '"' => '"', '`' => '`', '\'' => '\'', '“' or '„' => '”', '‘' or '‚' => '’', '«' => '»', _ => '\0' };
        if (closing == '\0' || left[0] is '\'' or '`' && char.IsLetterOrDigit(previous)) return 0;
        var most = Math.Min(left.Length, MaxQuoted);
        for (var at = 1; at < most; at++)
        {
            var isEnd = left[at] == closing || left[0] == '„' && left[at] == '“' || left[0] == '`' && left[at] == '\'';
            // An apostrophe within: 'the customer's order'.
            if (isEnd && (closing is not ('\'' or '’') || at + 1 == left.Length || !char.IsLetterOrDigit(left[at + 1]))) return at + 1;
        }
        // Cut within a quote: the rest of what is read is quoted.
        return left.Length > MaxQuoted && closing != '\'' ? left.Length : 0;
    }

    private static int Word(ReadOnlySpan<char> left)
    {
        var end = 1;
        while (end < left.Length && !IsBlank(left[end]) && !IsDelimiter(left[end])) end++;
        return end;
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || char.IsControl(c);

    private static bool IsDelimiter(char c) => Delimiters.Contains(c, StringComparison.Ordinal);
}
