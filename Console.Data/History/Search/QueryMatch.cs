namespace OpsConsole.Data.History.Search;

/// <summary>Says of one job whether a query holds, the same way as the statement over the history does.</summary>
internal static class QueryMatch
{
    public static bool Holds(QueryNode node, IJobFacts job) => node switch
    {
        AllOf all => all.Parts.All(part => Holds(part, job)),
        AnyOf any => any.Parts.Any(part => Holds(part, job)),
        NotThat not => !Holds(not.Part, job),
        QueryTerm { Field: QueryField.Since } term => job.At >= ((MomentValue)term.Values[0]).At,
        QueryTerm { Field: QueryField.Until } term => job.At < ((MomentValue)term.Values[0]).At,
        QueryTerm { Field: QueryField.Args } term => ArgumentMatch.Holds(term, job.Arguments),
        QueryTerm term => term.Values.Any(value => Fits(term, value, job)),
        _ => throw new InvalidOperationException($"A {node.GetType().Name} cannot be matched."),
    };

    private static bool Fits(QueryTerm term, QueryValue value, IJobFacts job) => value switch
    {
        StateValue state => job.State == state.State,
        OutcomeValue outcome => outcome.Outcome is { } one ? job.Outcome == one : job.Outcome?.IsFailure() == true,
        GuidValue group => job.GroupId == group.Id,
        SpanValue span => Compare(term.Field == QueryField.Run ? job.Run : job.Wait, span.Span, term.Operator),
        NumberValue number => Compare((decimal?)job.Attempt, number.Number, term.Operator),
        PatternValue pattern when term.IsName => IsName(pattern.Pattern, Names(term.Field, job)),
        PatternValue pattern => IsId(term, pattern, job) || Texts(term.Field, job).Any(text => text is not null && pattern.Pattern.IsWithin(text)),
        _ => throw new InvalidOperationException($"A {value.GetType().Name} cannot be matched."),
    };

    /// <summary>An empty name asks for those without one, a wildcard alone for those with one.</summary>
    private static bool IsName(TextPattern pattern, IReadOnlyList<string?> names) =>
        pattern.IsEmpty ? names.All(string.IsNullOrEmpty)
        : pattern.IsAnything ? !names.All(string.IsNullOrEmpty)
        : names.Any(name => name is not null && pattern.IsWhole(name));

    private static bool IsId(QueryTerm term, PatternValue pattern, IJobFacts job) => term.Field == QueryField.Text && pattern.Pattern.IsWhole(job.Id);

    private static bool Compare<T>(T? fact, T with, QueryOperator sign) where T : struct, IComparable<T> => fact is { } known && sign switch
    {
        QueryOperator.More => known.CompareTo(with) > 0,
        QueryOperator.MoreOrEqual => known.CompareTo(with) >= 0,
        QueryOperator.Less => known.CompareTo(with) < 0,
        QueryOperator.LessOrEqual => known.CompareTo(with) <= 0,
        _ => known.CompareTo(with) == 0,
    };

    private static IReadOnlyList<string?> Names(QueryField field, IJobFacts job)
    {
        if (field == QueryField.Tag) return job.Tags;
        return field switch
        {
            QueryField.Id => [job.Id],
            QueryField.Type => [job.Type],
            QueryField.Queue => [job.Queue],
            QueryField.Worker => [job.Worker],
            QueryField.Host => [job.Host],
            QueryField.Version => [job.Version],
            QueryField.Owner => [job.Owner],
            QueryField.Parent => [job.ParentId],
            _ => [job.ScheduleName, job.ScheduleId?.ToString("D")],
        };
    }

    private static IEnumerable<string?> Texts(QueryField field, IJobFacts job) => field switch
    {
        QueryField.Error => [job.ErrorType, job.ErrorMessage],
        QueryField.Message => [job.ErrorMessage],
        QueryField.Reason => [job.Reason],
        QueryField.Result => [job.Result],
        _ => [job.Type, job.ErrorType, job.ErrorMessage, job.Reason, job.Arguments],
    };
}
