using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Web.Schedules;

/// <summary>When it runs, as the recurrence judges it.</summary>
internal static class TimingCheck
{
    public static void Check(ScheduleTiming timing, CheckContext context, List<DefinitionProblem> problems)
    {
        foreach (var (index, range) in timing.ExceptRanges.Take(TimingLimits.Ranges).Index())
            TextCheck.Line($"when.exceptRanges[{index}].note", range.Note, ScheduleLimits.Note, problems);
        TextCheck.Choice("when.skippedTime", timing.SkippedTime, problems);
        TextCheck.Choice("when.repeatedTime", timing.RepeatedTime, problems);
        var (timetable, found) = Timetable.Compile(timing, context.Calendars);
        problems.AddRange(found.Select(problem => new DefinitionProblem(problem.Path, problem.Message, false, problem.Position, problem.Length)));
        if (timetable is not null && timetable.Next(context.Now) is null)
            problems.Add(new("when", "It has no moment after now, so it will never run again.", IsWarning: true));
    }
}
