namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>A cron line in words.</summary>
internal static class CronWords
{
    /// <summary>Without a capital and a full stop: "every 4 hours at minute 0", "at 01:00 on Sundays".</summary>
    public static string Describe(CronSyntax syntax)
    {
        var times = new CronTimeWords(syntax);
        var days = CronDayWords.Describe(syntax);
        var isEveryDay = syntax.DaysOfMonth.IsEvery && syntax.DaysOfWeek.IsEvery;
        return isEveryDay && times.IsFixed ? $"every day{days} {times.Describe()}" : times.Describe() + days;
    }

    public static CronFault NeverRuns(CronSyntax syntax)
    {
        var position = syntax.DaysOfMonth.Position;
        var length = syntax.Months.Position + syntax.Months.Length - position;
        var reason = syntax.Months.Terms is [{ Kind: CronTermKind.Value } month]
            ? $"{Phrases.Months[month.From - 1]} never has such a day of the month"
            : "none of its months ever has such a day of the month";
        return new CronFault(position, length, $"This line can never run: {reason}.");
    }
}
