namespace OpsConsole.Data.History.Search;

/// <summary>A part of a query. Parts that say the same are equal.</summary>
public abstract record QueryNode
{
    /// <summary>As it would be typed.</summary>
    public sealed override string ToString() => QueryText.Of(this);
}

/// <summary>Terms side by side: each must hold. At least two, none of them an <see cref="AllOf"/>.</summary>
public sealed record AllOf(EqualList<QueryNode> Parts) : QueryNode;

/// <summary>Terms with <c>or</c> between them: one must hold. At least two, none of them an <see cref="AnyOf"/>.</summary>
public sealed record AnyOf(EqualList<QueryNode> Parts) : QueryNode;

/// <summary>The part must not hold; where a fact is unknown, no term about it holds. Never the negation of a negation.</summary>
public sealed record NotThat(QueryNode Part) : QueryNode;

/// <summary>A field compared with a value; with several values, one of them must fit.</summary>
public sealed record QueryTerm(QueryField Field, QueryOperator Operator, EqualList<QueryValue> Values) : QueryNode
{
    /// <summary>Where within the arguments; empty for all of them, and for every other field.</summary>
    public EqualList<string> Path { get; init; } = new([]);

    /// <summary>Whether it compares whole names.</summary>
    internal bool IsName => Field != QueryField.Text && QueryFields.Of(Field).Kind == QueryFieldKind.Name;
}
