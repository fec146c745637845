namespace OpsConsole.Data.History.Search;

/// <summary>What characters mean outside quotes.</summary>
internal static class QueryChars
{
    /// <summary>Whether it stands for itself in a value.</summary>
    public static bool IsBare(char c) => !char.IsWhiteSpace(c) && c is not ('"' or '(' or ')' or ',' or '*');

    public static bool IsSign(char c) => c is '<' or '>' or '=';

    public static bool IsNegation(char c) => c is '-' or '!';

    /// <summary>Whether a word would be read as something else.</summary>
    public static bool NeedsQuotes(string word) => IsNegation(word[0]) || word.Any(c => c == ':' || IsSign(c)) || IsKeyword(word);

    public static bool IsKeyword(string word) => IsOr(word) || word is "AND" or "NOT";

    public static bool IsOr(string word) => string.Equals(word, "or", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a name in a path into the arguments needs no quotes.</summary>
    public static bool IsPlainName(string name) => name.Length > 0 && name.All(IsName);

    public static bool IsName(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '$';
}
