namespace OpsConsole.Data.History.Search;

/// <summary>Cuts a text into tokens. Goes on behind what it does not understand, so that one slip does not hide the next.</summary>
internal sealed class QueryLexer(string text, FaultList faults)
{
    private readonly ValueReader _values = new(text, faults);
    private int _at;

    public List<QueryToken> Read()
    {
        var tokens = new List<QueryToken>();
        do
            tokens.Add(Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private QueryToken Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
        if (_at == text.Length) return new(TokenKind.End, _at, 0);
        return text[_at] switch
        {
            '(' => Sign(TokenKind.Open),
            ')' => Sign(TokenKind.Close),
            '-' or '!' => Sign(TokenKind.Negation),
            _ => Keyword() ?? Term() ?? Word(),
        };
    }

    private QueryToken Sign(TokenKind kind) => new(kind, _at++, 1);

    private QueryToken? Keyword()
    {
        var end = Run(_at, QueryChars.IsBare);
        var word = text[_at..end];
        if (!QueryChars.IsKeyword(word) || end < text.Length && text[end] is '"' or '*' or ',') return null;
        var token = new QueryToken(QueryChars.IsOr(word) ? TokenKind.Or : word == "AND" ? TokenKind.And : TokenKind.Negation, _at, word.Length);
        _at = end;
        return token;
    }

    private QueryToken? Term()
    {
        var end = Run(_at, char.IsAsciiLetter);
        if (end == _at) return null;
        var path = new List<string>();
        var behind = PathFrom(end, path);
        if (behind < 0 || SignAt(behind) is not ({ } sign, var width)) return null;
        var token = new QueryToken(TokenKind.Term, _at, 0) { Field = text[_at..end], Path = path, Operator = sign };
        _at = behind + width;
        var values = Values(token);
        return token with { Values = values, Length = _at - token.Position };
    }

    /// <summary>Where the path ends; negative when this is no path.</summary>
    private int PathFrom(int at, List<string> path)
    {
        while (at < text.Length && text[at] == '.')
        {
            at++;
            var (name, end) = at < text.Length && text[at] == '"' ? ValueReader.Quoted(text, at) : (null, Run(at, QueryChars.IsName));
            name ??= text[at..end];
            if (end == at) return -1;
            path.Add(name);
            at = end;
        }
        return at;
    }

    private (QueryOperator Sign, int Width)? SignAt(int at)
    {
        var colon = at < text.Length && text[at] == ':' ? 1 : 0;
        var rest = text.AsSpan(Math.Min(at + colon, text.Length));
        if (rest.StartsWith(">=")) return (QueryOperator.MoreOrEqual, colon + 2);
        if (rest.StartsWith("<=")) return (QueryOperator.LessOrEqual, colon + 2);
        if (rest.StartsWith(">")) return (QueryOperator.More, colon + 1);
        if (rest.StartsWith("<")) return (QueryOperator.Less, colon + 1);
        if (rest.StartsWith("=")) return (QueryOperator.Is, colon + 1);
        return colon == 1 ? (QueryOperator.Is, 1) : null;
    }

    private List<ValueToken> Values(QueryToken term)
    {
        var values = new List<ValueToken>();
        while (true)
        {
            var value = _values.Read(_at, hasList: true);
            if (value is null)
            {
                faults.Add(term.Position, _at - term.Position, $"After {text[term.Position.._at]} a value is expected, without a space before it.");
                return values;
            }
            values.Add(value);
            _at = value.Position + value.Length;
            if (_at == text.Length || text[_at] != ',') return values;
            _at++;
        }
    }

    private QueryToken Word()
    {
        var start = _at;
        if (_values.Read(start, hasList: false) is not { } value)
        {
            // Only a comma begins neither a word nor anything else.
            _at++;
            faults.Add(start, 1, "A comma stands between the values of a field, as in type:a,b.");
            return Next();
        }
        _at = start + value.Length;
        return new QueryToken(TokenKind.Word, start, value.Length) { Values = [value] };
    }

    private int Run(int from, Func<char, bool> isPart)
    {
        while (from < text.Length && isPart(text[from]))
            from++;
        return from;
    }
}
