namespace OpsConsole.Web.Schedules.Editor;

/// <summary>Ready patterns to start from.</summary>
/// <param name="Text">As a button says it.</param>
public sealed record TimingPreset(string Text, string Cron)
{
    public static IReadOnlyList<TimingPreset> All { get; } =
    [
        new("Every 5 minutes", "*/5 * * * *"),
        new("Hourly", "0 * * * *"),
        new("Every 4 hours", "0 */4 * * *"),
        new("Daily at 02:00", "0 2 * * *"),
        new("Weekdays at 09:00", "0 9 * * 1-5"),
        new("Mondays at 09:00", "0 9 * * 1"),
        new("Monthly on the 1st", "0 3 1 * *"),
        new("Last day of the month", "0 3 L * *"),
    ];
}
