using OpsConsole.Data.History.Search.Names;

namespace OpsConsole.Data.History.Search.Statements;

/// <summary>Writes a query as a condition over the attempts. What it means is what <see cref="QueryMatch"/> says.</summary>
internal sealed class QuerySql(SearchStatement statement, QueryNames names)
{
    public string Of(QueryNode node) => node switch
    {
        AllOf all => string.Join(" AND ", all.Parts.Select(Of)),
        AnyOf any => $"({string.Join(" OR ", any.Parts.Select(Of))})",
        // A fact that is unknown is not so.
        NotThat not => $"({Of(not.Part)}) IS NOT TRUE",
        QueryTerm term => $"({Of(term)})",
        _ => throw new InvalidOperationException($"A {node.GetType().Name} cannot be searched for."),
    };

    private string Of(QueryTerm term) => term.Field switch
    {
        QueryField.Since => $"\"EndedAt\" >= {statement.AddTime(((MomentValue)term.Values[0]).At)}",
        QueryField.Until => $"\"EndedAt\" < {statement.AddTime(((MomentValue)term.Values[0]).At)}",
        QueryField.State or QueryField.Outcome => $"\"Outcome\" = ANY({statement.Add(term.Values.SelectMany(QueryShape.Outcomes).Select(outcome => (short)outcome).Distinct().ToArray())})",
        QueryField.Group => $"\"GroupId\" = ANY({statement.Add(term.Values.Select(value => ((GuidValue)value).Id).ToArray())})",
        QueryField.Args when term.Path.Count > 0 => $"\"Arguments\" @? {statement.AddPath(ArgumentPath.Of(term))}",
        QueryField.Run => Compare("\"RunMs\"", term),
        QueryField.Wait => Compare("\"WaitMs\"", term),
        QueryField.Attempt => string.Join(" OR ", term.Values.Select(value => $"\"Attempt\" {Sign(term.Operator)} {statement.Add((int)((NumberValue)value).Number)}")),
        _ when term.IsName => Or(Patterns(term).Where(pattern => pattern.IsEmpty || pattern.IsAnything).Select(pattern => Presence(term.Field, pattern)).Concat(Names(term, [.. Patterns(term).Where(pattern => !pattern.IsEmpty && !pattern.IsAnything)]))),
        _ => string.Join(" OR ", Patterns(term).SelectMany(pattern => Texts(term.Field, pattern))),
    };

    private static IEnumerable<TextPattern> Patterns(QueryTerm term) => term.Values.Select(value => ((PatternValue)value).Pattern);

    private string Compare(string column, QueryTerm term) => $"{column} {Sign(term.Operator)} {statement.Add((long)((SpanValue)term.Values[0]).Span.TotalMilliseconds)}";

    private static string Sign(QueryOperator sign) => sign switch
    {
        QueryOperator.More => ">",
        QueryOperator.MoreOrEqual => ">=",
        QueryOperator.Less => "<",
        QueryOperator.LessOrEqual => "<=",
        _ => "=",
    };

    private static string Or(IEnumerable<string> parts) => string.Join(" OR ", parts.DefaultIfEmpty("false"));

    private static string Presence(QueryField field, TextPattern pattern) => field switch
    {
        QueryField.Tag => $"\"Tags\" {(pattern.IsEmpty ? "=" : "<>")} '{{}}'",
        QueryField.Parent => $"\"ParentId\" IS {(pattern.IsEmpty ? "" : "NOT ")}NULL",
        QueryField.Schedule => $"\"ScheduleId\" IS {(pattern.IsEmpty ? "" : "NOT ")}NULL",
        QueryField.Id => pattern.IsEmpty ? "false" : "true",
        _ => $"\"{field}\" {(pattern.IsEmpty ? "=" : "<>")} ''",
    };

    private IEnumerable<string> Names(QueryTerm term, TextPattern[] patterns) => patterns.Length == 0 ? [] : term.Field switch
    {
        QueryField.Id => Ids("\"JobId\"", patterns),
        QueryField.Parent => Ids("\"ParentId\"", patterns),
        QueryField.Schedule => patterns.Select(Schedule),
        QueryField.Tag => Resolved(term, patterns, exact => $"\"Tags\" && {exact}", like => $"EXISTS (SELECT 1 FROM unnest(\"Tags\") AS t WHERE t ILIKE {like})"),
        var field => Resolved(term, patterns, exact => $"\"{field}\" = ANY({exact})", like => $"\"{field}\" ILIKE {like}"),
    };

    /// <summary>Ids are written in small letters by all that make them; whoever copies one from elsewhere may have capitals.</summary>
    private IEnumerable<string> Ids(string column, TextPattern[] patterns)
    {
        var exact = patterns.Where(pattern => pattern.IsExact).SelectMany(pattern => (string[])[pattern.Literal, pattern.Literal.ToLowerInvariant()]).Distinct().ToArray();
        var parts = patterns.Where(pattern => !pattern.IsExact).Select(pattern => $"{column} LIKE {statement.Add(pattern.ToLike().ToLowerInvariant())}");
        return exact.Length == 0 ? parts : parts.Prepend($"{column} = ANY({statement.Add(exact)})");
    }

    private string Schedule(TextPattern pattern)
    {
        if (pattern.IsExact && Guid.TryParse(pattern.Literal, out var id)) return $"\"ScheduleId\" = {statement.Add(id)}";
        return $"\"ScheduleId\" = ANY(ARRAY(SELECT \"Id\" FROM \"Schedules\" WHERE \"Name\" ILIKE {statement.Add(pattern.ToLike())}))";
    }

    private IEnumerable<string> Resolved(QueryTerm term, TextPattern[] patterns, Func<string, string> whole, Func<string, string> like)
    {
        var field = NameFields.Of(term.Field)!.Value;
        var sets = patterns.Select(pattern => (Like: pattern.ToLike(), Set: names.Of(field, pattern.ToLike()))).ToArray();
        var known = sets.SelectMany(set => set.Set.Names).Distinct().ToArray();
        var open = sets.Where(set => set.Set.IsOpen).Select(set => like(statement.Add(set.Like)));
        return known.Length == 0 ? open : open.Prepend(whole(statement.Add(known)));
    }

    private IEnumerable<string> Texts(QueryField field, TextPattern pattern)
    {
        var like = statement.Add(pattern.ToLikeWithin());
        return field switch
        {
            QueryField.Error => [$"\"ErrorType\" ILIKE {like}", $"\"ErrorMessage\" ILIKE {like}"],
            QueryField.Message => [$"\"ErrorMessage\" ILIKE {like}"],
            QueryField.Reason => [$"\"Reason\" ILIKE {like}"],
            QueryField.Result => [$"\"Result\"::text ILIKE {like}"],
            QueryField.Args => [$"\"Arguments\"::text ILIKE {like}"],
            _ => Anywhere(pattern, like),
        };
    }

    private IEnumerable<string> Anywhere(TextPattern pattern, string like)
    {
        var types = names.Of(NameField.Type, pattern.ToLikeWithin());
        if (types.IsOpen) yield return $"\"Type\" ILIKE {like}";
        else if (types.Names.Count > 0) yield return $"\"Type\" = ANY({statement.Add(types.Names.ToArray())})";
        yield return $"\"Arguments\"::text ILIKE {like}";
        yield return $"\"ErrorType\" ILIKE {like}";
        yield return $"\"ErrorMessage\" ILIKE {like}";
        yield return $"\"Reason\" ILIKE {like}";
        if (pattern.IsExact) yield return $"\"JobId\" = ANY({statement.Add((string[])[pattern.Literal, pattern.Literal.ToLowerInvariant()])})";
    }
}
