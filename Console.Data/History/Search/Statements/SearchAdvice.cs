namespace OpsConsole.Data.History.Search.Statements;

/// <summary>Says how a query that took too long could be narrowed.</summary>
internal static class SearchAdvice
{
    public static string For(JobQuery query, TimeSpan most)
    {
        var fields = query.Parts.OfType<QueryTerm>().Select(term => term.Field).ToHashSet();
        var ways = new List<string>();
        if (!fields.Contains(QueryField.Type)) ways.Add("name a job type (type:reports.*)");
        else if (!fields.Contains(QueryField.Queue)) ways.Add("name a queue (queue:reports)");
        if (!fields.Contains(QueryField.State) && !fields.Contains(QueryField.Outcome)) ways.Add("name a state (state:failed)");
        ways.Add(query.Since is null ? "say since when (since:1h)" : "take a shorter range (since:1h, or since: and until:)");
        return $"The search was stopped after {SpanText.Of(most)}. To get further, {string.Join(", or ", ways)}.";
    }
}
