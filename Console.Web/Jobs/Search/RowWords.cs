using System.Text.RegularExpressions;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Jobs.Search;

/// <summary>What rows say in words.</summary>
public static partial class RowWords
{
    private const int Line = 160;

    /// <summary>What a hover over the state tells.</summary>
    public static string? State(JobRow row) => row switch
    {
        { ErrorType: not null } => Failure(row),
        { Past: null, Now.Percent: { } percent } => $"{percent:0} % {SafeText.Inline(row.Now.ProgressText, 200)}",
        { Reason: { } reason } => SafeText.Inline(reason, 300),
        _ => null,
    };

    /// <summary>Type of the exception without its namespace, and the message.</summary>
    public static string Failure(JobRow row) => SafeText.Inline($"{ShortType(row.ErrorType)}: {row.ErrorMessage}", 300);

    /// <summary>The arguments on one line.</summary>
    public static string Arguments(JobRow row) => row.Past is { } past ? SafeText.Inline(Spaced(PropertyName().Replace(past.Arguments ?? "", "$1: ")), Line) : ArgumentSummary.Of(row.Now!.Arguments, Line);

    private static string Spaced(string json) => json.Length <= 2 ? "" : json is ['{', .. var within, '}'] ? $"{{ {within} }}" : json[0] == '{' ? "{ " + json[1..] : json;

    // Written without the quotes that JSON wants, as those of live jobs are. The text may be cut, so that it is no JSON any more.
    [GeneratedRegex(@"""([A-Za-z_]\w*)"":\s?")]
    private static partial Regex PropertyName();

    public static string ShortType(string? type) => type is null ? "" : type[(type.LastIndexOf('.') + 1)..];
}
