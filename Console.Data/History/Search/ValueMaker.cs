using System.Globalization;

namespace OpsConsole.Data.History.Search;

/// <summary>Reads a value as what its field takes.</summary>
internal sealed class ValueMaker(SearchContext context, FaultList faults)
{
    /// <returns>Null when it is faulty.</returns>
    public QueryValue? Make(QueryFieldInfo field, QueryOperator sign, ValueToken value)
    {
        QueryValue? made = field.Kind switch
        {
            QueryFieldKind.State => Enum.GetValues<SearchState>().Where(state => Is(value, state)).Select(state => new StateValue(state)).FirstOrDefault(),
            QueryFieldKind.Outcome => Outcome(value),
            QueryFieldKind.Key => Guid.TryParse(value.Plain, out var id) ? new GuidValue(id) : null,
            QueryFieldKind.Number => Number(value) is { } number && number is >= 0 and <= int.MaxValue && number % 1 == 0 ? new NumberValue(number) : null,
            QueryFieldKind.Duration => SpanText.Parse(value.Plain ?? "") is { } span ? new SpanValue(span) : null,
            QueryFieldKind.Moment => MomentText.Parse(value.Plain ?? "", context, isEnd: field.Field == QueryField.Until),
            QueryFieldKind.Argument when sign != QueryOperator.Is => Number(value) is { } number ? new NumberValue(number) : null,
            QueryFieldKind.Text when value.Pattern.Literal.Length == 0 && value.Pattern.IsExact => null,
            _ => new PatternValue(Me(field, value)),
        };
        if (made is null) faults.Add(value.Position, value.Length, Expected(field));
        return made;
    }

    private static OutcomeValue? Outcome(ValueToken value)
    {
        foreach (var outcome in Enum.GetValues<AttemptOutcome>())
            if (Is(value, outcome)) return new(outcome);
        return string.Equals(value.Plain, "failure", StringComparison.OrdinalIgnoreCase) ? new(Outcome: null) : null;
    }

    private TextPattern Me(QueryFieldInfo field, ValueToken value) =>
        field.Field == QueryField.Owner && context.Me is { } me && value.Plain == "me" ? TextPattern.Exactly(me) : value.Pattern;

    private static bool Is<T>(ValueToken value, T name) where T : struct, Enum => string.Equals(value.Plain, name.ToString(), StringComparison.OrdinalIgnoreCase);

    private static decimal? Number(ValueToken value) =>
        decimal.TryParse(value.Plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Expected(QueryFieldInfo field) => field.Kind switch
    {
        QueryFieldKind.State => $"A state is expected: {Names<SearchState>()}.",
        QueryFieldKind.Outcome => $"An outcome is expected: {Names<AttemptOutcome>()}, or failure for all that failed.",
        QueryFieldKind.Key => "The whole id of a failure group is expected, as its page has it.",
        QueryFieldKind.Number => "A whole number is expected.",
        QueryFieldKind.Duration => "A duration with its unit is expected: 500ms, 30s, 5m, 1h30m, 2d.",
        QueryFieldKind.Moment => "A moment is expected: how long ago (30m, 2d), a day (2026-11-21, yesterday), a time of today (14:30), or 2026-11-21T14:30.",
        QueryFieldKind.Argument => "A number is expected.",
        _ => "A text is expected.",
    };

    private static string Names<T>() where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));
}
