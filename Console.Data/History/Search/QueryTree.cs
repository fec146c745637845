namespace OpsConsole.Data.History.Search;

/// <summary>Puts parts together so that what says the same also looks the same.</summary>
internal static class QueryTree
{
    public static QueryNode? All(IReadOnlyList<QueryNode> parts)
    {
        var flat = parts.SelectMany(part => part is AllOf all ? all.Parts : (IEnumerable<QueryNode>)[part]).Distinct().ToArray();
        return flat.Length switch { 0 => null, 1 => flat[0], _ => new AllOf(new(flat)) };
    }

    public static QueryNode? Any(IReadOnlyList<QueryNode> parts)
    {
        var flat = parts.SelectMany(part => part is AnyOf any ? any.Parts : (IEnumerable<QueryNode>)[part]).Distinct().ToArray();
        return flat.Length switch { 0 => null, 1 => flat[0], _ => new AnyOf(new(flat)) };
    }

    public static QueryNode Not(QueryNode part) => part is NotThat not ? not.Part : new NotThat(part);
}
