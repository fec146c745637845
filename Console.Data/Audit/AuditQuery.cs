namespace OpsConsole.Data.Audit;

/// <summary>What to read of the audit: newest first, from below an id.</summary>
public sealed record AuditQuery
{
    /// <summary>Exact name of the operator.</summary>
    public string? Who { get; init; }

    public string? Kind { get; init; }

    /// <summary>Begins the id or name of the target, or is one of several targets.</summary>
    public string? Target { get; init; }

    /// <summary>Rows older than this one; null begins with the newest.</summary>
    public long? Before { get; init; }

    public int Limit { get; init; } = 50;
}

/// <summary>One page, newest first.</summary>
/// <param name="Entries">At most <see cref="AuditQuery.Limit"/> rows.</param>
/// <param name="Next">Goes into <see cref="AuditQuery.Before"/> for older rows; null when there are none.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, long? Next);
