using OpsConsole.Data.Operations;

namespace OpsConsole.Web.Operations;

/// <summary>What is wrong with a draft, whoever made it.</summary>
internal static class DraftCheck
{
    /// <summary>Null when nothing is.</summary>
    public static string? FaultIn(BulkDraft draft) => draft switch
    {
        { PerMinute: < 1 or > BulkLimits.PerMinute } => $"The cap must be 1 to {BulkLimits.PerMinute:N0} jobs a minute.",
        { StopPercent: < 0 or > 99 } => "The share at which it stops must be 0 to 99 percent.",
        { StopWindow: < 1 or > BulkLimits.StopWindow } => $"The stop can look at the last 1 to {BulkLimits.StopWindow:N0} jobs.",
        { Reason.Length: > BulkLimits.Reason } => $"The reason is longer than {BulkLimits.Reason} characters. Shorten it.",
        { Kind: BulkKind.RetryPatched, Patch: { Length: > BulkLimits.Patch } } => $"The patch is longer than {BulkLimits.Patch:N0} characters.",
        { Kind: BulkKind.RetryPatched } => JsonPatch.Parse(draft.Patch).Fault,
        _ => null,
    };
}
