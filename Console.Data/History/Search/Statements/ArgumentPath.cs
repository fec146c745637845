using System.Globalization;
using System.Text;

namespace OpsConsole.Data.History.Search.Statements;

/// <summary>Writes terms about arguments as SQL/JSON paths. Equality is what the index over the arguments serves.</summary>
internal static class ArgumentPath
{
    public static string Of(QueryTerm term)
    {
        var path = "$" + string.Concat(term.Path.Select(name => "." + Quoted(name)));
        return term.Values.Any(value => value is PatternValue { Pattern.IsAnything: true }) ? path : $"{path} ? ({string.Join(" || ", term.Values.SelectMany(value => Tests(value, term.Operator)))})";
    }

    private static IEnumerable<string> Tests(QueryValue value, QueryOperator sign)
    {
        if (value is NumberValue number) return [$"@ {Sign(sign)} {number.Number.ToString(CultureInfo.InvariantCulture)}"];
        var pattern = ((PatternValue)value).Pattern;
        return pattern.IsExact ? Equal(pattern.Literal) : [$"@ like_regex {Quoted("^" + string.Join(".*", pattern.Parts.Select(Escaped)) + "$")} flag \"is\""];
    }

    private static IEnumerable<string> Equal(string text)
    {
        yield return $"@ == {Quoted(text)}";
        if (ArgumentLiteral.Number(text) is { } number) yield return $"@ == {number.ToString(CultureInfo.InvariantCulture)}";
        if (ArgumentLiteral.IsWord(text)) yield return $"@ == {text}";
    }

    private static string Sign(QueryOperator sign) => sign switch
    {
        QueryOperator.More => ">",
        QueryOperator.MoreOrEqual => ">=",
        QueryOperator.Less => "<",
        _ => "<=",
    };

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (char.IsControl(c)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>For a regular expression.</summary>
    private static string Escaped(string text) => string.Concat(text.Select(c => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && !char.IsWhiteSpace(c) ? "\\" + c : c.ToString()));
}
