using OpsConsole.Data.History.Search.Names;

namespace OpsConsole.Data.History.Search.Statements;

/// <summary>The names that a query's patterns stand for, looked up once.</summary>
internal sealed class QueryNames
{
    private readonly Dictionary<(NameField Field, string Like), NameSet> _names = [];

    public static async Task<QueryNames> ReadAsync(JobQuery query, NameReader reader, CancellationToken cancel)
    {
        var patterns = Patterns(query.Root).Distinct().ToArray();
        var sets = await reader.ResolveAsync(patterns, cancel);
        var names = new QueryNames();
        for (var i = 0; i < patterns.Length; i++)
            names._names.Add(patterns[i], sets[i]);
        return names;
    }

    public NameSet Of(NameField field, string like) => _names[(field, like)];

    private static IEnumerable<(NameField, string)> Patterns(QueryNode? node) => node switch
    {
        AllOf all => all.Parts.SelectMany(Patterns),
        AnyOf any => any.Parts.SelectMany(Patterns),
        NotThat not => Patterns(not.Part),
        QueryTerm { Field: QueryField.Text } word => word.Values.Select(value => (NameField.Type, ((PatternValue)value).Pattern.ToLikeWithin())),
        QueryTerm { IsName: true } term when NameFields.Of(term.Field) is { } field =>
            term.Values.OfType<PatternValue>().Where(value => !value.Pattern.IsEmpty && !value.Pattern.IsAnything).Select(value => (field, value.Pattern.ToLike())),
        _ => [],
    };
}
