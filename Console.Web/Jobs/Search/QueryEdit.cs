using OpsConsole.Data.History.Search;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Jobs.Search;

/// <summary>Changes searches part by part: what tokens, tabs and form fields do.</summary>
public static class QueryEdit
{
    /// <summary>The parts of a query as tokens.</summary>
    public static IReadOnlyList<QueryToken> Tokens(JobQuery query) => [.. query.Parts.Select(part => Token(query, part))];

    /// <summary>The text as the value of a field, whatever is in it; <c>*</c> stands for anything.</summary>
    public static string Pattern(string text) => string.Join('*', text.Split('*').Select(part => part.Length == 0 ? "" : Exactly(part)));

    /// <summary>The text as the value of a field, whatever is in it; nothing stands for anything else.</summary>
    public static string Exactly(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or ':' or '/' or '@' or '+')
            ? text
            : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The values of a plain term on the field, as typed; null when there is none, or a more involved one.</summary>
    public static string? ValueOf(JobQuery query, QueryField field, QueryOperator sign = QueryOperator.Is)
    {
        if (TermOf(query, field, sign) is not { } term) return null;
        return ExactOf(query, field) ?? term.ToString()[SignEnd(term.ToString())..];
    }

    /// <summary>The one value without wildcards of a plain term on the field; null when there is none.</summary>
    public static string? ExactOf(JobQuery query, QueryField field) =>
        TermOf(query, field, QueryOperator.Is) is { Values: [PatternValue { Pattern: { IsExact: true } pattern }] } ? pattern.Literal : null;

    /// <summary>The query without the plain term on a field that <see cref="ValueOf"/> tells of.</summary>
    public static JobQuery Without(JobQuery query, QueryField field, QueryOperator sign = QueryOperator.Is) =>
        TermOf(query, field, sign) is { } term ? query.Without(term) : query;

    /// <summary>The query with another term in the place of what it says of the state.</summary>
    public static string OfState(JobQuery query, JobState? state)
    {
        var rest = query.Root is AnyOf any && MentionsState(any) ? JobQuery.Everything : query.Parts.Where(MentionsState).Aggregate(query, (left, part) => left.Without(part));
        return Join(state is { } one ? "state:" + StateText(one) : "", rest.ToText());
    }

    /// <summary>How a state is asked for: jobs between attempts are scheduled too, and quarantined ones have failed.</summary>
    public static string StateText(JobState state) => state switch
    {
        JobState.Scheduled => "scheduled,retrying",
        JobState.Failed => "failed,quarantined",
        _ => Links.StateName(state),
    };

    /// <summary>The one state that a query names, or null.</summary>
    public static JobState? StateOf(JobQuery query) =>
        query.Parts.Where(MentionsState).ToList() is [QueryTerm { Field: QueryField.State } term] ? term.Values.Select(value => ((StateValue)value).State).ToList() switch
        {
            [var one] => SearchPlan.StateOf(one),
            [SearchState.Scheduled, SearchState.Retrying] => JobState.Scheduled,
            [SearchState.Failed, SearchState.Quarantined] => JobState.Failed,
            _ => null,
        } : null;

    /// <summary>Both texts, side by side; brackets keep an <c>or</c> in one of them from taking in the other.</summary>
    public static string Join(string one, string other) => one.Length == 0 ? other : other.Length == 0 ? one : Kept(one) + " " + Kept(other);

    private static QueryToken Token(JobQuery query, QueryNode part)
    {
        var isNot = part is NotThat { Part: QueryTerm };
        var text = part.ToString();
        var inner = isNot ? text[1..] : text;
        var at = (part is NotThat not ? not.Part : part) is QueryTerm { Field: not QueryField.Text } ? SignEnd(inner) : 0;
        return new(part is AnyOf ? $"({text})" : text, inner[..at], inner[at..], isNot, Links.JobSearch(query.Without(part).ToText()));
    }

    private static int SignEnd(string term)
    {
        var at = term.IndexOfAny([':', '<', '>']);
        return at < 0 ? 0 : at + 1 < term.Length && term[at] != ':' && term[at + 1] == '=' ? at + 2 : at + 1;
    }

    private static QueryTerm? TermOf(JobQuery query, QueryField field, QueryOperator sign) =>
        query.Parts.OfType<QueryTerm>().Where(term => term.Field == field && term.Operator == sign && term.Path.Count == 0).ToList() is [var only] ? only : null;

    private static bool MentionsState(QueryNode node) => node switch
    {
        QueryTerm term => term.Field == QueryField.State,
        NotThat not => MentionsState(not.Part),
        AnyOf any => any.Parts.Any(MentionsState),
        AllOf all => all.Parts.Any(MentionsState),
        _ => false,
    };

    private static string Kept(string text) => text.Contains(" or ", StringComparison.OrdinalIgnoreCase) ? $"({text})" : text;
}
