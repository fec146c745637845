namespace OpsConsole.Data.History.Search.Statements;

/// <summary>A query made ready for the database.</summary>
internal sealed class SearchPlan(JobQuery query, QueryNames names, AttemptKey? before, DateTimeOffset now)
{
    /// <summary>How far back a query goes that does not say.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    /// <summary>Of the newest attempts that are looked through one by one, before anything is said about how rare matches are.</summary>
    private const int Probed = 1_500;

    private readonly IReadOnlyList<RetentionClass> _classes = QueryShape.Classes(query);
    private readonly bool _hasKey = QueryShape.HasKey(query);

    /// <summary>Whether nothing in the history can match, and nothing need be read to know it.</summary>
    public bool IsNothing => _classes.Count == 0 || names.IsNothing || From is { } from && before?.EndedAt < from || query.Since >= query.Until;

    /// <summary>Null when it is all the history.</summary>
    public DateTimeOffset? From => query.Since ?? (_hasKey ? null : (query.Until < now ? query.Until.Value : now) - Usual);

    /// <summary>Whether the query's range was chosen for it.</summary>
    public bool IsBounded => query.Since is null && !_hasKey;

    /// <summary>Whether the order of the index may lead, because the database knows well how many will match.</summary>
    private bool IsInOrder => _hasKey || QueryShape.IsPlain(query);

    /// <summary>Whether the newest attempts are worth a look of their own: the database cannot say how rare matches are, and they could fill a page.</summary>
    public bool IsProbed(int limit) => !IsInOrder && limit < Probed;

    public AttemptKey? Before => before ?? (query.Until is { } until ? new(until, 0) : null);

    public IEnumerable<SearchWindow> Windows() => _hasKey ? [new(From, Before)] : SearchWindow.Over(From!.Value, Before, now);

    /// <summary>Matches in a window, newest first.</summary>
    public SearchStatement Page(string columns, SearchWindow window, int limit)
    {
        var statement = new SearchStatement();
        // An order that no index has: where matches are rare, walking an index until enough are found would walk all of it.
        var end = IsInOrder ? "\"EndedAt\" DESC, \"Sequence\" DESC" : "\"EndedAt\" + interval '0' DESC, \"Sequence\" DESC";
        return statement.Append($"SELECT {columns} FROM \"Attempts\" WHERE {Where(statement, window)} ORDER BY {end} LIMIT {limit}");
    }

    /// <summary>Matches among the newest attempts. Enough of them, and nothing more need be read.</summary>
    public SearchStatement Probe(string columns, int limit)
    {
        var day = (Before?.EndedAt < now ? Before.Value.EndedAt : now).AddDays(-1);
        var window = new SearchWindow((Windows().FirstOrDefault(window => window.From <= day) ?? Windows().Last()).From, Before);
        var statement = new SearchStatement();
        var sql = new QuerySql(statement, names);
        var leading = QueryShape.Leading(query) is { } part ? " AND " + sql.Of(part) : "";
        var probed = $"SELECT * FROM \"Attempts\" WHERE {Range(statement, window)}{leading} ORDER BY \"EndedAt\" DESC, \"Sequence\" DESC LIMIT {Probed}";
        return statement.Append($"SELECT {columns} FROM ({probed}) AS p WHERE {Condition(sql)} ORDER BY \"EndedAt\" DESC, \"Sequence\" DESC LIMIT {limit}");
    }

    public SearchStatement Count(SearchWindow window, long most)
    {
        var statement = new SearchStatement();
        return statement.Append($"SELECT count(*) FROM (SELECT FROM \"Attempts\" WHERE {Where(statement, window)} LIMIT {most}) AS c");
    }

    private string Where(SearchStatement statement, SearchWindow window) => $"{Range(statement, window)} AND {Condition(new QuerySql(statement, names))}";

    private string Condition(QuerySql sql) => query.Root is { } root ? sql.Of(root) : "true";

    private string Range(SearchStatement statement, SearchWindow window)
    {
        var parts = new List<string> { $"\"Kept\" = ANY({statement.Add(_classes.Select(kept => (short)kept).ToArray())})" };
        if (window.From is { } from) parts.Add($"\"EndedAt\" >= {statement.AddTime(from)}");
        if (window.Before is { Sequence: 0 } before) parts.Add($"\"EndedAt\" < {statement.AddTime(before.EndedAt)}");
        else if (window.Before is { } place)
        {
            var at = statement.AddTime(place.EndedAt);
            parts.Add($"\"EndedAt\" <= {at} AND (\"EndedAt\", \"Sequence\") < ({at}, {statement.Add(place.Sequence)})");
        }
        return string.Join(" AND ", parts);
    }
}
