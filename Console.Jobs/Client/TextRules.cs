namespace OpsConsole.Jobs.Client;

/// <summary>What a text must be before it may become part of a job.</summary>
internal static class TextRules
{
    private const int MaxIdLength = 128;
    private const int MaxQueueLength = 64;

    /// <summary>Why a text cannot be stored, or null. Half of a surrogate pair has no UTF-8; NUL cuts texts short elsewhere.</summary>
    public static string? FaultIn(string text)
    {
        if (text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var nul)
            return $"There is a NUL character at position {nul + 1}; take it out (inside JSON text it can be written as \\u0000).";
        return HalfPairIn(text) is { } half ? $"There is half of a surrogate pair (U+{(int)text[half]:X4}) at position {half + 1}, which no text can carry; take it out." : null;
    }

    /// <summary>Where half of a surrogate pair stands, or null.</summary>
    public static int? HalfPairIn(string text)
    {
        for (var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return i;
            i++;
        }
        return null;
    }

    public static string? FaultInId(string id) =>
        id.Length is 0 or > MaxIdLength || !id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? $"A job id has 1 to {MaxIdLength} letters, digits, '-', '_' or '.'."
            : null;

    public static string? FaultInQueue(string queue) =>
        queue.Length is 0 or > MaxQueueLength || !queue.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_')
            ? $"A queue name has 1 to {MaxQueueLength} lower-case letters, digits, '-' or '_'."
            : null;

    public static string? FaultInLine(string text, int longest) =>
        text.Length > longest ? $"At most {longest:N0} characters; there are {text.Length:N0}." : FaultIn(text);
}
