namespace OpsConsole.Web.Schedules.Runner;

/// <summary>Since when and by whom a schedule is paused.</summary>
/// <param name="At">Moments from here on fall into the pause.</param>
/// <param name="By">Who paused it.</param>
/// <param name="Until">When it resumes by itself; null: when somebody resumes it.</param>
public sealed record RunnerPause(DateTimeOffset At, string By, DateTimeOffset? Until)
{
    public bool Holds(DateTimeOffset at) => at >= At && !(at >= Until);
}
