using OpsConsole.Data.History.Search;

namespace OpsConsole.Web.Jobs.Search;

/// <summary>Where a page ended: the places in Redis and in the history. Opaque in addresses, and of no harm when made up.</summary>
/// <param name="Live">Of the list in Redis; empty for its beginning, null when it is at its end.</param>
/// <param name="Past">Of the history.</param>
/// <param name="IsPastOver">Whether the history is at its end.</param>
public sealed record SearchCursor(string? Live, AttemptKey? Past, bool IsPastOver)
{
    public static SearchCursor Start { get; } = new("", null, false);

    public bool IsEnd => Live is null && IsPastOver;

    public string Write() => (IsPastOver ? "." : Past?.ToString() ?? "") + "_" + (Live ?? ".");

    /// <summary>The beginning for null, and for a text that is no cursor.</summary>
    public static SearchCursor Read(string? text)
    {
        if (text is null || text.IndexOf('_', StringComparison.Ordinal) is not (>= 0 and var at)) return Start;
        var (past, live) = (text[..at], text[(at + 1)..]);
        var key = AttemptKey.Parse(past);
        return key is null && past is not ("" or ".") ? Start : new(live == "." ? null : live, key, past == ".");
    }
}
