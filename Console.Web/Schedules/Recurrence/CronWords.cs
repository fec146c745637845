namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>A cron line in words.</summary>
internal static class CronWords
{
    private static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public static CronFault NeverRuns(CronSyntax syntax)
    {
        var position = syntax.DaysOfMonth.Position;
        var length = syntax.Months.Position + syntax.Months.Length - position;
        var reason = syntax.Months.Terms is [{ Kind: CronTermKind.Value } month]
            ? $"{Months[month.From - 1]} never has such a day of the month"
            : "none of its months ever has such a day of the month";
        return new CronFault(position, length, $"This line can never run: {reason}.");
    }
}
