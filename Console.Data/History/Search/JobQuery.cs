namespace OpsConsole.Data.History.Search;

/// <summary>What is searched for among live and past jobs. See <c>docs/history.md</c>, Search, for the grammar.</summary>
/// <param name="Root">Null asks for everything.</param>
public sealed record JobQuery(QueryNode? Root)
{
    public static JobQuery Everything { get; } = new((QueryNode?)null);

    /// <summary>What must hold, part by part: as a row of tokens.</summary>
    public IReadOnlyList<QueryNode> Parts => Root switch
    {
        null => [],
        AllOf all => all.Parts,
        var one => [one],
    };

    /// <summary>Nothing before it can match; null when the query does not say.</summary>
    public DateTimeOffset? Since => QueryRange.Of(Root).From;

    /// <summary>Nothing from it on can match; null when the query does not say.</summary>
    public DateTimeOffset? Until => QueryRange.Of(Root).To;

    /// <summary>Never throws, whatever the text is.</summary>
    public static QueryParse Parse(string? text, SearchContext context) => QueryParser.Parse(text ?? "", context);

    /// <summary>The text that reads as this query; always the same for equal ones.</summary>
    public string ToText() => Root is null ? "" : QueryText.Of(Root);

    public override string ToString() => ToText();

    /// <summary>The query narrowed by another part.</summary>
    public JobQuery And(QueryNode part) => new(QueryTree.All([.. Parts, part]));

    /// <summary>The query without one of its <see cref="Parts"/>.</summary>
    public JobQuery Without(QueryNode part) => new(QueryTree.All([.. Parts.Where(other => !other.Equals(part))]));

    /// <summary>Whether a job is what is searched for.</summary>
    public bool Matches(IJobFacts job) => Root is null || QueryMatch.Holds(Root, job);
}
