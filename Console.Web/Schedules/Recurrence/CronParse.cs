namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>A cron line as it was understood, or the first thing in it that was not.</summary>
public sealed record CronParse(CronExpression? Expression, CronFault? Fault);

/// <summary>What is wrong with a cron line, and where: <paramref name="Position"/> counts characters of the line from 0.</summary>
public sealed record CronFault(int Position, int Length, string Message);
