using OpsConsole.Data.History.Search;

namespace OpsConsole.Web.Jobs.Search;

/// <summary>The word at the cursor of a search that is being typed, as far as the cursor.</summary>
/// <param name="From">Where it begins, behind signs of negation.</param>
/// <param name="Text">From there to the cursor.</param>
/// <param name="IsLast">Whether nothing of the word stands behind the cursor.</param>
public sealed record TypedWord(int From, string Text, bool IsLast)
{
    private static readonly char[] Signs = [':', '<', '>'];

    /// <summary>Before the sign; null while there is none.</summary>
    public string? Name => SignAt < 0 ? null : Text[..SignAt];

    /// <summary>Field of that name; null when there is none.</summary>
    public QueryFieldInfo? Field => Name is not { } name ? null : QueryFields.Find(name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? name[..dot] : name);

    /// <summary>What stands before the value that is being typed: name, sign and values before a comma.</summary>
    public string Before => Text[..ValueAt];

    /// <summary>The value so far, without its quote.</summary>
    public string Value => Text[ValueAt..].TrimStart('"');

    private int SignAt => Text.StartsWith('"') ? -1 : Text.IndexOfAny(Signs);

    private int ValueAt
    {
        get
        {
            if (SignAt < 0) return 0;
            var at = SignAt + 1;
            while (at < Text.Length && Text[at] is '=' or ':') at++;
            return Math.Max(at, Text.LastIndexOf(',') + 1);
        }
    }

    public static TypedWord At(string text, int caret)
    {
        var to = Math.Clamp(caret, 0, text.Length);
        var (from, isQuoted) = (0, false);
        for (var at = 0; at < to; at++)
        {
            if (text[at] == '\\' && isQuoted) at++;
            else if (text[at] == '"') isQuoted = !isQuoted;
            else if (!isQuoted && (char.IsWhiteSpace(text[at]) || text[at] == '(')) from = at + 1;
        }
        while (from < to && text[from] is '-' or '!') from++;
        return new(from, text[from..to], to == text.Length || char.IsWhiteSpace(text[to]) || text[to] == ')');
    }
}
