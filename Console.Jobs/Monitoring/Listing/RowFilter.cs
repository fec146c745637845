using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Jobs.Monitoring.Listing;

/// <summary>What a query asks of a row beyond being in a list.</summary>
internal sealed class RowFilter(JobListQuery query)
{
    /// <summary>Whether rows may be left out, so that more ids than rows must be looked at.</summary>
    public bool Selects => query.Type is { Length: > 0 } || query.Queue is not null || query.State == JobState.Retrying || query.Where is not null || query.States.Count > 0;

    public bool Takes(JobRecord row) => IsOfState(row) && IsOfQueue(row) && IsOfType(row) && (query.Where is null || query.Where(row));

    // A job of which too little is left to tell is what the list says that it stands in.
    private bool IsOfState(JobRecord row) =>
        (query.State != JobState.Retrying || row.State == JobState.Retrying) && (query.States.Count == 0 || row.State == JobState.Unknown || query.States.Contains(row.State));

    // An id in a queue's list belongs to that queue's page whatever its hash says.
    private bool IsOfQueue(JobRecord row) => query.Queue is null || query.State == JobState.Enqueued || row.Queue == query.Queue;

    private bool IsOfType(JobRecord row) =>
        query.Type is not { Length: > 0 } text || row.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || row.Type.Contains(text, StringComparison.OrdinalIgnoreCase);
}
