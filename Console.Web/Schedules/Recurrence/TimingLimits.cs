namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>How much one timing may consist of.</summary>
public static class TimingLimits
{
    public const int CronLines = 50;
    public const int CronLength = CronReader.LongestLine;
    public const int Intervals = 50;
    public const int OneOffs = 1_000;
    public const int Ranges = 500;
    public const int Calendars = 20;
    public const int FirstYear = ZoneClock.FirstYear;
    public const int LastYear = CronExpression.EndYear - 1;
}
