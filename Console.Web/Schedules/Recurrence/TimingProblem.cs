namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>What is wrong with a timing: where, as a path of the definition ("when.cron[1]"), and for texts which characters.</summary>
public sealed record TimingProblem(string Path, string Message, int? Position = null, int? Length = null);

/// <summary>A timetable, or everything that keeps it from being one.</summary>
public sealed record TimetableResult(Timetable? Timetable, IReadOnlyList<TimingProblem> Problems);
