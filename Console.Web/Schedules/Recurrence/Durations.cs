namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>Lengths of time in words, exactly: "90 seconds" stays so, "3600 seconds" is "1 hour".</summary>
internal static class Durations
{
    private static readonly (long Seconds, string Name)[] Units = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];

    public static string Text(long seconds)
    {
        var (unit, name) = Units.First(unit => seconds % unit.Seconds == 0);
        return seconds == 0 ? "0 seconds" : seconds == unit ? $"1 {name}" : $"{seconds / unit} {name}s";
    }
}
