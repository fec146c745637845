using System.Globalization;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Operators;

namespace OpsConsole.Web.Schedules;

/// <summary>Makes, changes and deletes calendars.</summary>
internal sealed class CalendarEdits(CalendarStore store)
{
    /// <param name="expectedVersion">The version that was edited; null: a new one.</param>
    public async Task<ScheduleAct> SaveAsync(ScheduleCalendar calendar, int? expectedVersion, string by, CancellationToken cancel)
    {
        var problems = Check(calendar);
        if (problems.Count > 0)
            return new(new ScheduleResult { Refused = 1, Message = "Not saved. " + string.Join(" ", problems.Take(3)), Problems = problems });
        var before = await store.GetAsync(calendar.Name, cancel);
        var write = await store.SaveAsync(calendar.Name, calendar.Description, calendar.Days, expectedVersion, by, cancel);
        return write.Outcome switch
        {
            CalendarWriteOutcome.Saved => new(new ScheduleResult { Accepted = true, Done = 1, Message = expectedVersion is null ? $"The calendar {calendar.Name} is made." : $"The calendar {calendar.Name} is saved as version {write.Calendar!.Version}." })
            {
                Facts = Changes(before?.Days ?? [], write.Calendar!.Days),
            },
            CalendarWriteOutcome.Conflict => new(new ScheduleResult
            {
                Refused = 1,
                Message = $"{write.Calendar!.UpdatedBy} has saved version {write.Calendar.Version} of this calendar meanwhile. Nothing was written; look at it and save again.",
                CalendarConflict = write.Calendar,
            }),
            CalendarWriteOutcome.NameTaken => new(new ScheduleResult { Refused = 1, Message = $"There is a calendar {calendar.Name} already. Choose another name.", Problems = [new DefinitionProblem("name", "There is a calendar of this name already. Choose another name.")] }),
            _ => ScheduleAct.Refuse($"There is no calendar {calendar.Name} any more; somebody has deleted it. Nothing was written."),
        };
    }

    public async Task<ScheduleAct> DeleteAsync(string name, CancellationToken cancel)
    {
        var before = await store.GetAsync(name, cancel);
        var (isDeleted, users) = await store.DeleteAsync(name, cancel);
        if (isDeleted)
            return ScheduleAct.Accept($"The calendar {name} is deleted.") with { Facts = Changes(before?.Days ?? [], []) };
        return users.Count == 0
            ? ScheduleAct.Refuse($"There is no calendar {name} any more.")
            : ScheduleAct.Refuse($"The calendar {name} is not deleted, because {(users.Count == 1 ? "a schedule names" : "schedules name")} it: {string.Join(", ", users)}. Take it out of {(users.Count == 1 ? "that" : "those")} first.");
    }

    private static List<DefinitionProblem> Check(ScheduleCalendar calendar)
    {
        var problems = new List<DefinitionProblem>();
        if (calendar.Name.Trim().Length == 0)
            problems.Add(new("name", "Give the calendar a name."));
        else if (calendar.Name.Trim().Length != calendar.Name.Length)
            problems.Add(new("name", "The name begins or ends with a space; take it out."));
        TextCheck.Line("name", calendar.Name, ScheduleLimits.CalendarName, problems);
        TextCheck.Lines("description", calendar.Description, ScheduleLimits.Description, problems);
        TextCheck.Count("days", calendar.Days.Count, ScheduleLimits.CalendarDays, "days", problems);
        foreach (var (index, day) in calendar.Days.Take(ScheduleLimits.CalendarDays).Index())
            TextCheck.Line($"days[{index}].name", day.Name, ScheduleLimits.CalendarName, problems);
        foreach (var twice in calendar.Days.CountBy(day => day.Date).Where(count => count.Value > 1).Take(10))
            problems.Add(new("days", $"{Text(twice.Key)} stands there {twice.Value} times; leave it there once."));
        return problems;
    }

    private static Dictionary<string, object?> Changes(IReadOnlyList<CalendarDay> before, IReadOnlyList<CalendarDay> after) => new()
    {
        ["added"] = Lines(after.Except(before)),
        ["removed"] = Lines(before.Except(after)),
    };

    private static List<string> Lines(IEnumerable<CalendarDay> days) =>
        [.. days.Take(OperationLimits.ListedRefusals).Select(day => day.Name.Length > 0 ? $"{Text(day.Date)} {day.Name}" : Text(day.Date))];

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
