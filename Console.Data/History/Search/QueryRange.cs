namespace OpsConsole.Data.History.Search;

/// <summary>A span of time, its end not included; null is open.</summary>
internal readonly record struct QueryRange(DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>Where matches can lie at all.</summary>
    public static QueryRange Of(QueryNode? node) => node switch
    {
        AllOf all => all.Parts.Select(Of).Aggregate(default(QueryRange), (a, b) => new(Later(a.From, b.From), Earlier(a.To, b.To))),
        AnyOf any => any.Parts.Select(Of).Aggregate((a, b) =>
            new(a.From is null || b.From is null ? null : Earlier(a.From, b.From), a.To is null || b.To is null ? null : Later(a.To, b.To))),
        QueryTerm { Field: QueryField.Since } term => new(((MomentValue)term.Values[0]).At, null),
        QueryTerm { Field: QueryField.Until } term => new(null, ((MomentValue)term.Values[0]).At),
        _ => default,
    };

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null ? a : a > b ? a : b;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null ? a : a < b ? a : b;
}
