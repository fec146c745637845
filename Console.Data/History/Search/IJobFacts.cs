namespace OpsConsole.Data.History.Search;

/// <summary>What is known of a job, live or past, for a query to look at. Null is unknown: no term about it holds.</summary>
public interface IJobFacts
{
    string Id { get; }

    SearchState? State { get; }

    /// <summary>How the attempt ended; null for a live job.</summary>
    AttemptOutcome? Outcome { get; }

    /// <summary>When it got to where it is; when the attempt ended.</summary>
    DateTimeOffset? At { get; }

    /// <summary>Name as operators see it.</summary>
    string? Type { get; }

    string? Queue { get; }

    string? Worker { get; }

    string? Host { get; }

    string? Version { get; }

    IReadOnlyList<string> Tags { get; }

    string? Owner { get; }

    Guid? ScheduleId { get; }

    string? ScheduleName { get; }

    Guid? GroupId { get; }

    string? ParentId { get; }

    string? ErrorType { get; }

    string? ErrorMessage { get; }

    string? Reason { get; }

    /// <summary>JSON object by parameter name.</summary>
    string? Arguments { get; }

    /// <summary>JSON.</summary>
    string? Result { get; }

    int? Attempt { get; }

    TimeSpan? Wait { get; }

    TimeSpan? Run { get; }
}
