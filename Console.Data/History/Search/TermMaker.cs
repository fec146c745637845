using System.Globalization;

namespace OpsConsole.Data.History.Search;

/// <summary>Turns tokens into terms: knows the fields and what values they take.</summary>
internal sealed class TermMaker(SearchContext context, FaultList faults)
{
    private readonly ValueMaker _values = new(context, faults);

    /// <returns>Null when it is faulty.</returns>
    public QueryNode? Make(QueryToken token) => token.Kind == TokenKind.Word ? Word(token) : Term(token);

    private QueryTerm? Word(QueryToken token)
    {
        var value = token.Values[0];
        if (value.Pattern.Literal.Trim().Length > 0) return new(QueryField.Text, QueryOperator.Is, new([new PatternValue(value.Pattern)]));
        faults.Add(token.Position, token.Length, "This matches everything. Leave it out, or write what to look for.");
        return null;
    }

    private QueryTerm? Term(QueryToken token)
    {
        if (QueryFields.Find(token.Field) is not { } field) return Unknown(token);
        if (token.Path.Count > 0 && field.Kind != QueryFieldKind.Argument)
        {
            faults.Add(token.Position + token.Field.Length, 1, $"{field.Name} has no parts. Only args has: args.customer:42.");
            return null;
        }
        if (token.Values.Count == 0 || !Compares(field, token) || !MayList(field, token)) return null;
        var values = token.Values.Select(value => _values.Make(field, token.Operator, value)).OfType<QueryValue>().Distinct().ToArray();
        return values.Length == 0 ? null : new QueryTerm(field.Field, token.Operator, new(values)) { Path = new(token.Path) };
    }

    private QueryTerm? Unknown(QueryToken token)
    {
        var near = QueryFields.Nearest(token.Field) is { } field ? $"Did you mean {field.Name}:?" : $"Fields are {string.Join(", ", QueryFields.All.Take(10).Select(known => known.Name))} and others.";
        faults.Add(token.Position, token.Field.Length, $"There is no field {token.Field}. {near} To search for the text as it stands, put it in quotes.");
        return null;
    }

    private bool Compares(QueryFieldInfo field, QueryToken token)
    {
        var isComparison = token.Operator != QueryOperator.Is;
        var message = field.Kind switch
        {
            QueryFieldKind.Duration when !isComparison => $"{field.Name} is compared with a duration: {field.Name}>30s or {field.Name}<5m.",
            QueryFieldKind.Number => null,
            QueryFieldKind.Argument when isComparison && token.Path.Count == 0 => "Say which argument is compared: args.amount>100.",
            QueryFieldKind.Argument when token.Path.Count == 0 && token.Values.Any(value => value.Plain?.Length == 0) => "A text is expected, or the argument to look into: args.customer:42.",
            QueryFieldKind.Duration or QueryFieldKind.Argument => null,
            _ when isComparison => $"{field.Name} is followed by a colon: {field.Example}.",
            _ => null,
        };
        if (message is not null) faults.Add(token.Position, token.Length, message);
        return message is null;
    }

    private bool MayList(QueryFieldInfo field, QueryToken token)
    {
        var most = token.Operator != QueryOperator.Is || field.Kind == QueryFieldKind.Moment ? 1 : QueryLimits.Values;
        if (token.Values.Count <= most) return true;
        faults.Add(token.Position, token.Length, most == 1 ? $"{field.Name} is compared with one value only." : string.Create(CultureInfo.InvariantCulture, $"A term may list at most {most} values."));
        return false;
    }
}
