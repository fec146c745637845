namespace OpsConsole.Data.Schedules;

/// <summary>A request to run the moments of a past range; its occurrences carry its id as their origin.</summary>
public sealed class ScheduleBackfill
{
    public Guid Id { get; init; }

    public Guid ScheduleId { get; init; }

    /// <summary>Range of nominal moments, both ends included.</summary>
    public DateTimeOffset From { get; init; }

    public DateTimeOffset To { get; init; }

    /// <summary>How its own jobs follow each other; other jobs of the schedule do not matter to it.</summary>
    public OverlapPolicy Overlap { get; init; }

    public int Occurrences { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public required string RequestedBy { get; init; }

    public string? Why { get; init; }
}
