using System.Text;
using System.Text.RegularExpressions;

namespace OpsConsole.Data.History.Search;

/// <summary>A text in which some places stand for anything.</summary>
public sealed record TextPattern
{
    /// <summary>No text of a query has it; here it is the place that stands for anything.</summary>
    private const char Anything = '\0';
    private readonly string _text;
    private Regex? _whole, _part;

    private TextPattern(string text) => _text = text;

    /// <summary>The text itself, without wildcards.</summary>
    public static TextPattern Exactly(string text) => new(text.Replace(Anything, ' '));

    /// <summary>Literal parts, with something unknown between each two.</summary>
    internal static TextPattern Of(IReadOnlyList<string> parts)
    {
        var text = new StringBuilder(parts[0]);
        for (var i = 1; i < parts.Count; i++)
            if (i == parts.Count - 1 || parts[i].Length > 0) text.Append(Anything).Append(parts[i]);
        return new(text.ToString());
    }

    /// <summary>Whether it has no wildcard.</summary>
    public bool IsExact => !_text.Contains(Anything, StringComparison.Ordinal);

    /// <summary>Whether it has nothing but a wildcard.</summary>
    public bool IsAnything => _text.Length == 1 && _text[0] == Anything;

    public bool IsEmpty => _text.Length == 0;

    /// <summary>The text of one without wildcards; otherwise its longest literal part.</summary>
    public string Literal => Parts.MaxBy(part => part.Length) ?? "";

    /// <summary>Literal parts; there is something unknown between each two.</summary>
    public IReadOnlyList<string> Parts => _text.Split(Anything);

    public bool Equals(TextPattern? other) => other is not null && other._text == _text;

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => QueryText.Of(this, isWord: false);

    /// <summary>Whether it is the whole text, in any case.</summary>
    public bool IsWhole(string text) =>
        IsExact ? string.Equals(text, _text, StringComparison.OrdinalIgnoreCase) : (_whole ??= Expression("^", "$")).IsMatch(text);

    /// <summary>Whether it stands somewhere in the text, in any case.</summary>
    public bool IsWithin(string text) =>
        IsExact ? text.Contains(_text, StringComparison.OrdinalIgnoreCase) : (_part ??= Expression("", "")).IsMatch(text);

    /// <summary>For <c>LIKE</c>, for the whole text.</summary>
    internal string ToLike() => string.Join('%', Parts.Select(part => part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)));

    /// <summary>For <c>LIKE</c>, for a part of the text.</summary>
    internal string ToLikeWithin() => "%" + ToLike() + "%";

    /// <summary>Takes time in proportion to the text, whatever it is.</summary>
    private Regex Expression(string start, string end) =>
        new(start + string.Join(".*", Parts.Select(Regex.Escape)) + end, RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
