namespace OpsConsole.Data.History.Search;

/// <summary>States that can be searched for: those of live jobs, and ends of attempts that the history knows besides.</summary>
public enum SearchState
{
    Scheduled,
    Enqueued,
    Awaiting,
    Processing,
    Succeeded,
    Retrying,
    Failed,
    Quarantined,
    Deleted,
    /// <summary>An attempt whose worker was lost.</summary>
    Lost,
    /// <summary>An attempt that its worker gave back.</summary>
    Returned,
}

public static class SearchStates
{
    /// <summary>How an attempt of that state ended; null for states in which a job has not ended anything.</summary>
    public static AttemptOutcome? Outcome(this SearchState state) => state switch
    {
        SearchState.Succeeded => AttemptOutcome.Succeeded,
        SearchState.Retrying => AttemptOutcome.Retrying,
        SearchState.Failed => AttemptOutcome.Failed,
        SearchState.Quarantined => AttemptOutcome.Quarantined,
        SearchState.Deleted => AttemptOutcome.Deleted,
        SearchState.Lost => AttemptOutcome.Lost,
        SearchState.Returned => AttemptOutcome.Returned,
        _ => null,
    };
}
