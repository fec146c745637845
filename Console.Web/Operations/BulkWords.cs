using OpsConsole.Data.Operations;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Operations;

/// <summary>How mass operations are written for people.</summary>
internal static class BulkWords
{
    public static string Verb(BulkKind kind) => kind == BulkKind.Delete ? "Delete" : "Retry";

    public static string Done(BulkKind kind) => kind == BulkKind.Delete ? "deleted" : "retried";

    public static string Kind(BulkKind kind) => kind switch
    {
        BulkKind.RetryPatched => "Retry with other arguments",
        BulkKind.Delete => "Delete",
        _ => "Retry",
    };

    public static string Title(BulkDraft draft) => $"{Kind(draft.Kind)}: {draft.Title}";

    /// <summary>Word, colour class and glyph of a state.</summary>
    public static (string Word, string Tone, string Glyph) State(BulkOperation operation) => operation.State switch
    {
        BulkState.Preparing => ("Counting", "processing", "processing"),
        BulkState.Running when operation.Cursor >= operation.Total => ("Watching the rest end", "processing", "processing"),
        BulkState.Running => ("Running", "processing", "processing"),
        BulkState.Waiting => ("Waits for you", "retrying", "awaiting"),
        BulkState.Paused => ("Paused", "retrying", "paused"),
        BulkState.Halted => ("Stopped by itself", "failed", "risk"),
        BulkState.Stopped => ("Stopped", "deleted", "deleted"),
        _ when operation.Of(BulkItemState.FailedAgain) > 0 => ("Finished, some failed", "failed", "failed"),
        _ => ("Finished", "succeeded", "succeeded"),
    };

    /// <summary>Why a job is left out, as a line of the arithmetic.</summary>
    public static string LeftOut(BulkItemState state) => state switch
    {
        BulkItemState.Retried => "Already retried: waiting or running",
        BulkItemState.HasSucceeded => "Have succeeded since",
        BulkItemState.IsDeleted => "Are deleted",
        BulkItemState.FailedSince => "Were retried and failed again since",
        BulkItemState.Missing => "Dropped by Redis",
        BulkItemState.Duplicate => "Their uniqueness key is held by another job",
        BulkItemState.Damaged => "Damaged",
        BulkItemState.Locked => "Locked by a Hangfire client",
        BulkItemState.Unfit => "The patch does not fit",
        _ => "",
    };

    /// <summary>Word, colour class and glyph of one job of an operation.</summary>
    public static (string Word, string Tone, string Glyph) Item(BulkOperation operation, BulkItem item) => item.State switch
    {
        BulkItemState.Open when item.Number > operation.Cursor => operation.IsOver ? ("Not started", "deleted", "skipped") : ("Not started", "waiting", "scheduled"),
        BulkItemState.Open when !operation.IsRetry => ("Deleted", "deleted", "deleted"),
        BulkItemState.Open => ("Under way", "processing", "processing"),
        BulkItemState.Succeeded => ("Succeeded", "succeeded", "succeeded"),
        BulkItemState.FailedAgain => ("Failed again", "failed", "failed"),
        BulkItemState.Deleted => ("Deleted since", "deleted", "deleted"),
        BulkItemState.Unknown => ("Not known", "waiting", "unknown"),
        BulkItemState.Retried => ("Left out: retried already", "waiting", "skipped"),
        BulkItemState.HasSucceeded => ("Left out: succeeded", "waiting", "skipped"),
        BulkItemState.IsDeleted => ("Left out: deleted", "waiting", "skipped"),
        BulkItemState.FailedSince => ("Left out: failed again since", "waiting", "skipped"),
        BulkItemState.Missing => ("Left out: dropped by Redis", "waiting", "skipped"),
        BulkItemState.Duplicate => ("Left out: key is held", "waiting", "skipped"),
        BulkItemState.Damaged => ("Left out: damaged", "waiting", "skipped"),
        BulkItemState.Locked => ("Left out: locked", "waiting", "skipped"),
        _ => ("Left out: patch does not fit", "waiting", "skipped"),
    };

    /// <summary>"8 succeeded · 1 failed again · 2 under way · 2,108 not started".</summary>
    public static string Progress(BulkOperation operation) => string.Join(" · ", ((string?[])
    [
        operation.IsRetry ? null : Count(operation.Done, "deleted"),
        Count(operation.Of(BulkItemState.Succeeded), "succeeded"),
        Count(operation.Of(BulkItemState.FailedAgain), "failed again"),
        Count(operation.Of(BulkItemState.Deleted), "deleted since"),
        Count(operation.Of(BulkItemState.Unknown), "not known"),
        Count(operation.UnderWay, "under way"),
        Count(operation.NotStarted, operation.IsOver ? "not started" : "to go"),
    ]).OfType<string>()) is { Length: > 0 } words ? words : "nothing yet";

    public static string Canary(BulkCanary canary) => canary switch
    {
        BulkCanary.Ask => "1, then 10, then the rest; asks each time",
        BulkCanary.Automatic => "1, then 10, then the rest, by itself",
        _ => "none",
    };

    public static string Stop(BulkDraft draft) => draft.StopPercent is { } percent
        ? $"above {percent} % failed of the last {NumberText.Count(draft.StopWindow)}"
        : "never";

    private static string? Count(int count, string word) => count > 0 ? $"{NumberText.Count(count)} {word}" : null;
}
