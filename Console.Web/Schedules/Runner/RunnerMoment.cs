namespace OpsConsole.Web.Schedules.Runner;

/// <summary>A planned moment as the runner sees it.</summary>
/// <param name="NominalAt">The moment that the schedule names.</param>
/// <param name="DueAt">The same with its jitter.</param>
/// <param name="Note">Why it is not exactly what the line says, such as a change of the clocks.</param>
public readonly record struct RunnerMoment(DateTimeOffset NominalAt, DateTimeOffset DueAt, string? Note = null);
