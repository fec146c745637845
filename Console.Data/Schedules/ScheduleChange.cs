namespace OpsConsole.Data.Schedules;

/// <summary>Something that the database told all consoles about.</summary>
/// <param name="ScheduleId">For <see cref="ScheduleChangeKind.Schedule"/> and <see cref="ScheduleChangeKind.Requested"/>.</param>
/// <param name="Calendar">Name, for <see cref="ScheduleChangeKind.Calendar"/>.</param>
public sealed record ScheduleChange(ScheduleChangeKind Kind, Guid ScheduleId = default, string? Calendar = null)
{
    internal const string Channel = "ops_schedules";

    internal string Payload => Kind switch
    {
        ScheduleChangeKind.Schedule => $"s:{ScheduleId:N}",
        ScheduleChangeKind.Requested => $"o:{ScheduleId:N}",
        ScheduleChangeKind.Calendar => "c:" + Calendar,
        _ => "*",
    };

    /// <summary>What nobody of this version has written counts as "many": reading again is never wrong.</summary>
    internal static ScheduleChange Parse(string payload) => payload switch
    {
        ['s', ':', .. var id] when Guid.TryParse(id, out var schedule) => new(ScheduleChangeKind.Schedule, schedule),
        ['o', ':', .. var id] when Guid.TryParse(id, out var schedule) => new(ScheduleChangeKind.Requested, schedule),
        ['c', ':', .. var name] => new(ScheduleChangeKind.Calendar, Calendar: name),
        _ => new(ScheduleChangeKind.Many),
    };
}

public enum ScheduleChangeKind
{
    /// <summary>From now on no change goes unheard; what changed before has to be read.</summary>
    Listening,

    /// <summary>One schedule was made, edited, paused, resumed or deleted.</summary>
    Schedule,

    /// <summary>So many schedules that they are not named.</summary>
    Many,

    /// <summary>A calendar was saved or deleted.</summary>
    Calendar,

    /// <summary>Somebody asked for runs of this schedule: pending occurrences wait.</summary>
    Requested,
}
