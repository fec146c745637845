namespace OpsConsole.Data.History.Search;

/// <summary>Builds the query out of the tokens: <c>or</c> binds less than standing side by side, a minus binds most.</summary>
internal sealed class QueryParser
{
    private readonly FaultList _faults;
    private readonly TermMaker _terms;
    private readonly List<QueryToken> _tokens;
    private int _at, _depth;
    private bool _isTooDeep;

    private QueryParser(string text, SearchContext context, FaultList faults)
    {
        _faults = faults;
        _terms = new TermMaker(context, faults);
        _tokens = new QueryLexer(text, faults).Read();
    }

    private QueryToken Current => _tokens[_at];

    public static QueryParse Parse(string text, SearchContext context)
    {
        var faults = new FaultList();
        if (!QueryTextCheck.Passes(text, faults)) return new(null, faults.InOrder());
        var root = new QueryParser(text, context, faults).ReadAll();
        return faults.IsEmpty ? new(new JobQuery(root), []) : new(null, faults.InOrder());
    }

    private QueryNode? ReadAll()
    {
        if (_tokens.Count(token => token.Kind is TokenKind.Term or TokenKind.Word) > QueryLimits.Terms)
        {
            _faults.Add(0, _tokens[^1].Position, $"A query may have at most {QueryLimits.Terms} terms.");
            return null;
        }
        var parts = new List<QueryNode>();
        while (Current.Kind != TokenKind.End)
        {
            if (Either() is { } part) parts.Add(part);
            if (Current.Kind != TokenKind.Close) continue;
            _faults.Add(Current.Position, 1, "Nothing was opened that this parenthesis could close.");
            _at++;
        }
        return QueryTree.All(parts);
    }

    private QueryNode? Either()
    {
        var parts = new List<QueryNode>();
        var or = Current;
        while (true)
        {
            if (Side() is { } part) parts.Add(part);
            else if (or.Kind == TokenKind.Or || Current.Kind == TokenKind.Or) Lonely(or.Kind == TokenKind.Or ? or : Current);
            if (Current.Kind != TokenKind.Or) return QueryTree.Any(parts);
            or = _tokens[_at++];
        }
    }

    /// <summary>What stands side by side, up to an <c>or</c>, a closing parenthesis or the end.</summary>
    private QueryNode? Side()
    {
        var parts = new List<QueryNode>();
        var isAny = false;
        while (Current.Kind is not (TokenKind.Or or TokenKind.Close or TokenKind.End))
        {
            isAny = true;
            if (Current.Kind == TokenKind.And) And();
            else if (One() is { } part) parts.Add(part);
        }
        // What was there but faulty must not be told again as missing.
        return QueryTree.All(parts) ?? (isAny ? new AllOf(new([])) : null);
    }

    private QueryNode? One()
    {
        var isNot = false;
        while (Current.Kind == TokenKind.Negation)
        {
            var sign = _tokens[_at++];
            isNot = !isNot;
            var isApart = sign.Length == 1 && Current.Position > sign.Position + 1;
            if (Current.Kind is TokenKind.Or or TokenKind.And or TokenKind.Close or TokenKind.End || isApart)
                _faults.Add(sign.Position, sign.Length, "What is to be left out is expected right after this, as in -type:health. To search for the sign itself, put it in quotes.");
        }
        var part = Current.Kind switch
        {
            TokenKind.Open => Group(),
            TokenKind.Term or TokenKind.Word => _terms.Make(_tokens[_at++]),
            _ => null,
        };
        return part is not null && isNot ? QueryTree.Not(part) : part;
    }

    private QueryNode? Group()
    {
        var open = _tokens[_at++];
        if (++_depth > QueryLimits.Depth)
        {
            _faults.Add(open.Position, 1, $"Parentheses may be nested {QueryLimits.Depth} deep at most.");
            _isTooDeep = true;
            _at = _tokens.Count - 1;
            return null;
        }
        var part = Either();
        _depth--;
        if (_isTooDeep) return null;
        if (Current.Kind == TokenKind.Close) _at++;
        else _faults.Add(open.Position, 1, "This parenthesis is not closed: a ) is expected.");
        if (part is null) _faults.Add(open.Position, Math.Max(1, _tokens[_at - 1].Position + 1 - open.Position), "Between the parentheses a term is expected.");
        return part;
    }

    private void And()
    {
        var and = _tokens[_at++];
        var isBegun = _at >= 2 && _tokens[_at - 2].Kind is TokenKind.Term or TokenKind.Word or TokenKind.Close;
        if (!isBegun || Current.Kind is TokenKind.Or or TokenKind.And or TokenKind.Close or TokenKind.End) Lonely(and);
    }

    private void Lonely(QueryToken word) =>
        _faults.Add(word.Position, word.Length, "A term is expected on both sides of this word. To search for the word itself, put it in quotes.");
}
