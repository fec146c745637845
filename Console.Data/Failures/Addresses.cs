namespace OpsConsole.Data.Failures;

/// <summary>Tells URLs, mail addresses and paths from words.</summary>
internal static class Addresses
{
    /// <summary>Length of the URL that begins here, or 0.</summary>
    public static int Url(ReadOnlySpan<char> left)
    {
        var scheme = 0;
        while (scheme < left.Length && scheme < 20 && (char.IsAsciiLetterOrDigit(left[scheme]) || left[scheme] is '+' or '-' or '.')) scheme++;
        if (scheme == 0 || !left[scheme..].StartsWith("://", StringComparison.Ordinal)) return 0;
        var end = scheme + 3;
        while (end < left.Length && !char.IsWhiteSpace(left[end]) && left[end] is not ('"' or '\'' or '<' or '>' or '`' or ')' or ']' or '}' or '”' or '’' or '»')) end++;
        while (end > scheme + 3 && left[end - 1] is '.' or ',' or ';' or ':' or '!' or '?') end--;
        return end;
    }

    public static bool IsMail(ReadOnlySpan<char> word)
    {
        var at = word.IndexOf('@');
        return at > 0 && word[(at + 1)..].IndexOf('.') > 0;
    }

    /// <summary>A rooted path, a drive, or a name with folders and an extension; not "and/or", not "application/json".</summary>
    public static bool IsPath(ReadOnlySpan<char> word)
    {
        if (word.Length < 2) return false;
        if (word.Contains('\\')) return true;
        var slash = word.IndexOf('/');
        if (slash < 0 || word.Length < 3) return false;
        if (slash == 0 || word is ['.' or '~', '/', ..] or ['.', '.', '/', ..]) return true;
        if (word is [_, ':', ..]) return true;
        var last = word[(word.LastIndexOf('/') + 1)..];
        return HasExtension(last) || word.Count('/') > 1 && !IsNumeric(word);
    }

    private static bool HasExtension(ReadOnlySpan<char> name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && name.Length - dot is > 1 and <= 6 && char.IsAsciiLetter(name[dot + 1]);
    }

    private static bool IsNumeric(ReadOnlySpan<char> word) => char.IsDigit(word[0]) && char.IsDigit(word[^1]);
}
