using OpsConsole.Data.History.Search.Names;

namespace OpsConsole.Data.History.Search.Statements;

/// <summary>The names that a query's patterns stand for, looked up once.</summary>
internal sealed class QueryNames
{
    private const int MostPairs = 1_000;

    private readonly Dictionary<(NameField Field, string Like), NameSet> _names = [];

    public static async Task<QueryNames> ReadAsync(JobQuery query, NameReader reader, CancellationToken cancel)
    {
        var patterns = Patterns(query.Root).Distinct().ToArray();
        var sets = await reader.ResolveAsync(patterns, cancel);
        var names = new QueryNames();
        for (var i = 0; i < patterns.Length; i++)
            names._names.Add(patterns[i], sets[i]);
        names.IsNothing = names.Pairs(query) is { } pairs && !await reader.MayHaveAsync(NameField.TypeAndQueue, pairs, cancel);
        return names;
    }

    /// <summary>Whether the query asks for job types in queues that they never came through.</summary>
    public bool IsNothing { get; private set; }

    public NameSet Of(NameField field, string like) => _names[(field, like)];

    /// <summary>Null when any type and queue may be meant, or too many to ask for.</summary>
    private List<string>? Pairs(JobQuery query)
    {
        if (All(query, QueryField.Type) is not { } types || All(query, QueryField.Queue) is not { } queues || types.Count * queues.Count > MostPairs) return null;
        return [.. types.SelectMany(type => queues.Select(queue => NameFields.Pair(type, queue)))];
    }

    /// <summary>Names that a part of the query asks for; null when it asks for none, or when they are not all known.</summary>
    private List<string>? All(JobQuery query, QueryField field)
    {
        if (query.Parts.OfType<QueryTerm>().FirstOrDefault(part => part.Field == field) is not { } term) return null;
        var patterns = term.Values.Select(value => ((PatternValue)value).Pattern).ToList();
        if (patterns.Any(pattern => pattern.IsEmpty || pattern.IsAnything)) return null;
        var sets = patterns.Select(pattern => Of(NameFields.Of(field)!.Value, pattern.ToLike())).ToList();
        return sets.Any(set => set.IsOpen) ? null : [.. sets.SelectMany(set => set.Names)];
    }

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
