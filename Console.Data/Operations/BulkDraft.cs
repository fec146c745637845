namespace OpsConsole.Data.Operations;

/// <summary>What is asked for.</summary>
public sealed record BulkDraft
{
    public required BulkKind Kind { get; init; }
    public required BulkSource Source { get; init; }
    /// <summary>Id of the group or of the earlier operation, or the query; empty for a selection.</summary>
    public string SourceText { get; init; } = "";
    /// <summary>What the jobs are called for people.</summary>
    public string Title { get; init; } = "";
    /// <summary>JSON Patch (RFC 6902) for <see cref="BulkKind.RetryPatched"/>.</summary>
    public string? Patch { get; init; }
    public bool NewestFirst { get; init; }
    public BulkCanary Canary { get; init; }
    /// <summary>Most jobs that are acted on in a minute; null: no cap.</summary>
    public int? PerMinute { get; init; }
    /// <summary>It stops by itself when more than so many percent of the last ones failed again; null: never.</summary>
    public int? StopPercent { get; init; }
    /// <summary>How many are the last ones.</summary>
    public int StopWindow { get; init; } = 20;
    public string Reason { get; init; } = "";
}

/// <summary>Bounds of mass operations.</summary>
public static class BulkLimits
{
    /// <summary>Most jobs in one operation.</summary>
    public const int Jobs = 500_000;

    /// <summary>Most operations that are not over at one time.</summary>
    public const int Open = 20;

    public const int SourceText = 2_000;
    public const int Title = 300;
    public const int Patch = 16_000;
    public const int Name = 200;
    /// <summary>Longest reason: it becomes part of each job's history.</summary>
    public const int Reason = 500;
    public const int Note = 300;
    public const int PerMinute = 1_000_000;
    public const int StopWindow = 1_000;
}

/// <summary>One job of an operation.</summary>
public sealed record BulkItem(int Number, string JobId, BulkItemState State, string? Note);

/// <summary>A mark on an item.</summary>
public sealed record BulkMark(int Number, BulkItemState State, string? Note = null);
