using OpsConsole.Data.Schedules;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Schedules;

/// <summary>Answer to an act on schedules or calendars, in words that can be shown.</summary>
public sealed record ScheduleResult
{
    /// <summary>True when it was done for at least one schedule.</summary>
    public bool Accepted { get; init; }

    public required string Message { get; init; }

    public int Done { get; init; }

    public int Refused { get; init; }

    /// <summary>Why, for the first of those that refused.</summary>
    public IReadOnlyList<OperationRefusal> Refusals { get; init; } = [];

    /// <summary>The schedule as it stands after the act, where the act was on one.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>What is wrong with the definition or with arguments, warnings included.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; init; } = [];

    /// <summary>The schedule as somebody else has saved it meanwhile; nothing was written.</summary>
    public Schedule? Conflict { get; init; }

    /// <summary>The calendar as somebody else has saved it meanwhile; nothing was written.</summary>
    public ScheduleCalendar? CalendarConflict { get; init; }

    /// <summary>Occurrences that were asked for. Their jobs follow when the runner has taken them.</summary>
    public IReadOnlyList<OccurrenceId> Occurrences { get; init; } = [];
}
