using OpsConsole.Data.History.Search;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Jobs.Search;

/// <summary>The search that an address asks for.</summary>
/// <param name="Text">As it would be typed.</param>
/// <param name="Query">Null when it cannot be read.</param>
/// <param name="Faults">Where it is wrong, by their places in <paramref name="Text"/>.</param>
public sealed record GivenSearch(string Text, JobQuery? Query, IReadOnlyList<QueryMark> Faults)
{
    /// <summary>Reads a text.</summary>
    public static GivenSearch Of(string? text, SearchContext context)
    {
        var given = text?.Trim() ?? "";
        var parse = JobQuery.Parse(given, context);
        return new(given, parse.Query, [.. parse.Faults.Select(fault => new QueryMark(fault.Position, fault.Length, fault.Message))]);
    }

    /// <summary>The text of a search together with what addresses name in parameters of their own.</summary>
    /// <param name="type">Part of a job type, or the name of one.</param>
    /// <param name="isWholeType">Whether it is the name of one.</param>
    public static string TextOf(string? q, string? state, string? queue, string? type, bool isWholeType)
    {
        string[] parts =
        [
            Links.StateOf(state) is { } named ? "state:" + QueryEdit.StateText(named) : "",
            Given(queue) is { } name ? "queue:" + QueryEdit.Exactly(name) : "",
            Given(type) is { } part ? "type:" + (isWholeType ? QueryEdit.Exactly(part) : QueryEdit.Pattern(part.Contains('*', StringComparison.Ordinal) ? part : $"*{part}*")) : "",
        ];
        return QueryEdit.Join(string.Join(' ', parts.Where(part => part.Length > 0)), q?.Trim() ?? "");
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
