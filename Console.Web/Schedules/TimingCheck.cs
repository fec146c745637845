using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Web.Schedules;

/// <summary>Errors of a timing, as the recurrence judges it. Its warnings cost more and stay with those who show them.</summary>
internal static class TimingCheck
{
    public static void Check(ScheduleTiming timing, CheckContext context, List<DefinitionProblem> problems)
    {
        foreach (var (index, range) in timing.ExceptRanges.Take(TimingLimits.Ranges).Index())
            TextCheck.Line($"when.exceptRanges[{index}].note", range.Note, ScheduleLimits.Note, problems);
        TextCheck.Choice("when.skippedTime", timing.SkippedTime, problems);
        TextCheck.Choice("when.repeatedTime", timing.RepeatedTime, problems);
        problems.AddRange(Timetable.Compile(timing, context.Calendars).Problems
            .Select(problem => new DefinitionProblem(problem.Path, problem.Message, false, problem.Position, problem.Length)));
    }
}
