namespace OpsConsole.Data.History.Search.Statements;

/// <summary>What can be said of a query before anything is read.</summary>
internal static class QueryShape
{
    private static readonly AttemptOutcome[] All = Enum.GetValues<AttemptOutcome>();

    /// <summary>Classes in which matches can lie: the others need not be looked at. Empty when none can.</summary>
    public static IReadOnlyList<RetentionClass> Classes(JobQuery query) => [.. Outcomes(query.Root).Select(outcome => outcome.RetentionClass()).Distinct().Order()];

    /// <summary>Whether it names few attempts by something that has an index through all days: those are found without going day by day.</summary>
    public static bool HasKey(JobQuery query) => query.Parts.Any(part => part is QueryTerm { Field: QueryField.Id or QueryField.Group or QueryField.Schedule or QueryField.Parent } term
        && term.Values.All(value => value is not PatternValue pattern || pattern.Pattern.Parts[0].Length >= 3));

    /// <summary>Whether the statistics of the database say well how often it matches: one term, of fields with few values.</summary>
    public static bool IsPlain(JobQuery query) => query.Parts.Count(part => part is not QueryTerm { Field: QueryField.Since or QueryField.Until }) switch
    {
        0 => true,
        1 => query.Parts.All(part => part is QueryTerm { Field: QueryField.Since or QueryField.Until or QueryField.Type or QueryField.Queue or QueryField.State or QueryField.Outcome }),
        _ => false,
    };

    /// <summary>The part by which attempts are best read in order, or null.</summary>
    public static QueryNode? Leading(JobQuery query) =>
        query.Parts.FirstOrDefault(part => IsOnly(part, QueryField.Type)) ?? query.Parts.FirstOrDefault(part => IsOnly(part, QueryField.Queue));

    private static bool IsOnly(QueryNode part, QueryField field) => part switch
    {
        QueryTerm term => term.Field == field,
        AnyOf any => any.Parts.All(one => IsOnly(one, field)),
        _ => false,
    };

    private static IEnumerable<AttemptOutcome> Outcomes(QueryNode? node) => node switch
    {
        AllOf all => all.Parts.Select(Outcomes).Aggregate((a, b) => a.Intersect(b)),
        AnyOf any => any.Parts.Select(Outcomes).Aggregate((a, b) => a.Union(b)),
        NotThat { Part: QueryTerm { Field: QueryField.State or QueryField.Outcome } term } => All.Except(Outcomes(term)),
        QueryTerm { Field: QueryField.State or QueryField.Outcome } term => term.Values.SelectMany(Outcomes),
        QueryTerm { Field: QueryField.Group } => All.Where(outcome => outcome.IsFailure()),
        // What has succeeded has no exception.
        QueryTerm { Field: QueryField.Error or QueryField.Message } => All.Where(outcome => outcome != AttemptOutcome.Succeeded),
        _ => All,
    };

    public static IEnumerable<AttemptOutcome> Outcomes(QueryValue value) => value switch
    {
        StateValue state => state.State.Outcome() is { } outcome ? [outcome] : [],
        OutcomeValue { Outcome: { } outcome } => [outcome],
        _ => All.Where(outcome => outcome.IsFailure()),
    };
}
