using System.Globalization;
using System.Text;

namespace OpsConsole.Data.History.Search;

/// <summary>Writes a query the way it would be typed, so that reading it again gives the same.</summary>
internal static class QueryText
{
    public static string Of(QueryNode node) => node switch
    {
        AllOf all => string.Join(' ', all.Parts.Select(part => part is AnyOf ? $"({Of(part)})" : Of(part))),
        AnyOf any => string.Join(" or ", any.Parts.Select(Of)),
        NotThat { Part: QueryTerm } not => "-" + Of(not.Part),
        NotThat not => $"-({Of(not.Part)})",
        QueryTerm { Field: QueryField.Text } word => Of(((PatternValue)word.Values[0]).Pattern, isWord: true),
        QueryTerm term => Of(term),
        _ => throw new InvalidOperationException($"A {node.GetType().Name} has no text."),
    };

    /// <param name="isWord">Whether it stands alone, where signs and words of the grammar would be taken for themselves.</param>
    public static string Of(TextPattern pattern, bool isWord)
    {
        var parts = pattern.Parts;
        var text = new StringBuilder();
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0) text.Append('*');
            Append(text, parts[i], isWord, isWhole: parts.Count == 1);
        }
        return text.ToString();
    }

    private static string Of(QueryTerm term)
    {
        var path = string.Concat(term.Path.Select(name => "." + (QueryChars.IsPlainName(name) ? name : Quoted(name))));
        return QueryFields.Of(term.Field).Name + path + Sign(term.Operator) + string.Join(',', term.Values.Select(Of));
    }

    private static string Of(QueryValue value) => value switch
    {
        PatternValue pattern => Of(pattern.Pattern, isWord: false),
        StateValue state => state.State.ToString().ToLowerInvariant(),
        OutcomeValue outcome => outcome.Outcome?.ToString().ToLowerInvariant() ?? "failure",
        GuidValue guid => guid.Id.ToString("D"),
        NumberValue number => number.Number.ToString(CultureInfo.InvariantCulture),
        SpanValue span => SpanText.Of(span.Span),
        MomentValue moment => moment.Text,
        _ => throw new InvalidOperationException($"A {value.GetType().Name} has no text."),
    };

    private static string Sign(QueryOperator sign) => sign switch
    {
        QueryOperator.More => ">",
        QueryOperator.MoreOrEqual => ">=",
        QueryOperator.Less => "<",
        QueryOperator.LessOrEqual => "<=",
        _ => ":",
    };

    private static void Append(StringBuilder text, string part, bool isWord, bool isWhole)
    {
        // Only a text that stands alone can be empty: beside a wildcard there is nothing to write.
        var isPlain = part.Length == 0 ? !isWhole : part.All(QueryChars.IsBare)
            && (isWord ? !QueryChars.NeedsQuotes(part) : !QueryChars.IsSign(part[0]));
        text.Append(isPlain ? part : Quoted(part));
    }

    private static string Quoted(string part) =>
        $"\"{part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
