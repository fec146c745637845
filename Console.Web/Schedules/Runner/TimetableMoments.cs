using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Web.Schedules.Runner;

/// <summary>A timetable, as the runner asks it.</summary>
public sealed class TimetableMoments(Timetable timetable) : IMoments
{
    public RunnerMoment? Next(Guid schedule, DateTimeOffset after) =>
        timetable.Next(after) is { } moment ? new RunnerMoment(moment.NominalAt, timetable.Due(schedule, moment), moment.Note) : null;
}
