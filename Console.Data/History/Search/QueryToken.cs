namespace OpsConsole.Data.History.Search;

internal enum TokenKind
{
    Open,
    Close,
    Negation,
    Or,
    And,
    /// <summary>A field with its values.</summary>
    Term,
    /// <summary>A word without a field.</summary>
    Word,
    End,
}

/// <summary>A piece of the text.</summary>
internal sealed record QueryToken(TokenKind Kind, int Position, int Length)
{
    /// <summary>Name of the field as typed, of a term.</summary>
    public string Field { get; init; } = "";

    /// <summary>What follows the field's name, split at the dots.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    public QueryOperator Operator { get; init; }

    public IReadOnlyList<ValueToken> Values { get; init; } = [];
}

/// <summary>A value as typed.</summary>
internal sealed record ValueToken(TextPattern Pattern, int Position, int Length)
{
    /// <summary>The text, when it has no wildcard.</summary>
    public string? Plain => Pattern.IsExact ? Pattern.Literal : null;
}
