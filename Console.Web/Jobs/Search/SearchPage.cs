namespace OpsConsole.Web.Jobs.Search;

/// <summary>One page of what a search has found, and how far it looked.</summary>
public sealed record SearchPage
{
    public IReadOnlyList<JobRow> Rows { get; init; } = [];
    /// <summary>Where to go on; null at the end.</summary>
    public SearchCursor? Next { get; init; }
    public required SearchPlan Plan { get; init; }
    /// <summary>Jobs in the lists in Redis that were asked.</summary>
    public long LiveTotal { get; init; }
    /// <summary>Jobs in Redis that were looked at.</summary>
    public int LiveScanned { get; init; }
    /// <summary>Whether the look at Redis ended at its limit.</summary>
    public bool IsLiveCut { get; init; }
    /// <summary>Whether the history was searched only as far back as a search goes that names no time.</summary>
    public bool IsBounded { get; init; }
    /// <summary>How far back the history was searched; null when it was not, or as far as was asked.</summary>
    public DateTimeOffset? SearchedBackTo { get; init; }
    /// <summary>Why the history was not searched further, and how to narrow the query; null when it was.</summary>
    public string? Problem { get; init; }
    /// <summary>The history did not answer: past attempts are missing.</summary>
    public bool IsHistoryAway { get; init; }
    /// <summary>Redis did not answer: jobs that have not ended are missing.</summary>
    public bool IsRedisAway { get; init; }
}
