using OpsConsole.Web.Live;

namespace OpsConsole.Web.Health;

/// <summary>Whether the schedules are run.</summary>
internal sealed class SchedulerHealth(ScheduleBoard board)
{
    public HealthFinding Read()
    {
        var health = board.Current;
        var runner = health.Runner;
        var facts = new Dictionary<string, object?>
        {
            ["holder"] = runner is { IsAlive: true } ? runner.Holder : null,
            ["schedules"] = runner?.Schedules,
            ["heardAt"] = runner?.HeardAt,
            ["overdue"] = health.Overdue.Schedules,
            ["missed"] = health.Missed.Schedules,
            ["pausedThemselves"] = health.Paused.Schedules,
        };
        return new HealthFinding(facts)
            .Unless(!health.IsUnattended, HealthStatus.Down, "There are schedules, and no console runs them. Start one with Schedules:Run.")
            .Unless(runner?.HangsSince is null, HealthStatus.Degraded, "The console that runs them gives signs of life, but its loop does not come round.")
            .Unless(health.Overdue.Schedules == 0, HealthStatus.Degraded, "Schedules are overdue; the list of schedules names them.");
    }
}
