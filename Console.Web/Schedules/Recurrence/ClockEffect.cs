namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>A day on which a change of the clocks matters to a timetable: the first local time that is concerned, and what becomes of it.</summary>
internal sealed record ClockEffect(ClockEffectKind Kind, DateTime Planned, DateTime ClocksFrom, DateTime ClocksTo);

internal enum ClockEffectKind
{
    Moved,
    LeftOut,
    Once,
    Twice,
}
