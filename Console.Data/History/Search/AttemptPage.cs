namespace OpsConsole.Data.History.Search;

/// <summary>Attempts that were found, newest first.</summary>
/// <param name="Next">Where to go on; null when there is nothing more in the range.</param>
/// <param name="SearchedBackTo">Everything newer has been looked at, as far as the query's own range allows.</param>
/// <param name="IsBounded">Whether what is older was left out although the query did not say so: it named no range, or the time was up.</param>
/// <param name="Problem">Why the time was up and how to narrow the query, for operators; null when it was not.</param>
public sealed record AttemptPage(IReadOnlyList<AttemptSummary> Rows, AttemptKey? Next, DateTimeOffset SearchedBackTo, bool IsBounded, string? Problem = null);

/// <summary>An attempt as lists show it: without result and stack, and with the beginnings of long texts.</summary>
public sealed record AttemptSummary
{
    public required AttemptKey Key { get; init; }
    public required string JobId { get; init; }
    public required string Type { get; init; }
    public required string Queue { get; init; }
    public required string Worker { get; init; }
    public required string Host { get; init; }
    public required string Version { get; init; }
    public required AttemptOutcome Outcome { get; init; }
    public required int Attempt { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? EnqueuedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public long? WaitMs { get; init; }
    public long? RunMs { get; init; }
    /// <summary>Beginning of the JSON; not JSON any more when it is cut.</summary>
    public string? Arguments { get; init; }
    public string? ErrorType { get; init; }
    public string? ErrorMessage { get; init; }
    public string? Reason { get; init; }
    public Guid? GroupId { get; init; }
    public Guid? ScheduleId { get; init; }
    public DateTimeOffset? NominalAt { get; init; }
    public required string Owner { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public string? ParentId { get; init; }
    public CutTexts Cut { get; init; }
    public bool IsRedacted { get; init; }

    public DateTimeOffset EndedAt => Key.EndedAt;
}

/// <summary>How many attempts a query finds.</summary>
/// <param name="IsAtLeast">Whether there are more: the cap was reached, or the time was up.</param>
public sealed record AttemptCount(long Count, bool IsAtLeast, DateTimeOffset SearchedBackTo);

/// <summary>Jobs of the attempts that a query finds, newest first; a job can come again on a later page.</summary>
/// <param name="Next">Where to go on; null when there is nothing more in the range.</param>
/// <param name="Problem">As in <see cref="AttemptPage.Problem"/>.</param>
public sealed record JobIdPage(IReadOnlyList<string> Ids, AttemptKey? Next, DateTimeOffset SearchedBackTo, bool IsBounded, string? Problem = null);

/// <summary>A name that attempts in the history have.</summary>
/// <param name="Count">About how many of them.</param>
public sealed record NameCount(string Name, long Count, DateTimeOffset LastAt);
