namespace OpsConsole.Data.Schedules;

/// <summary>Sizes that a definition may have. Texts in UTF-16 code units.</summary>
public static class ScheduleLimits
{
    public const int Name = 200;
    public const int Description = 2_000;
    public const int Owner = 100;
    public const int Tag = 50;
    public const int Tags = 20;
    public const int JobType = 300;
    public const int Queue = 64;
    public const int Arguments = 65_536;
    public const int Note = 500;
    public const int Source = 200;

    /// <summary>Cron lines of one schedule, and characters of one line.</summary>
    public const int CronLines = 50;
    public const int CronLine = 300;
    public const int Intervals = 50;
    public const int Moments = 1_000;
    public const int ExcludedRanges = 200;

    /// <summary>Calendars that one schedule names, and days of one calendar.</summary>
    public const int Calendars = 20;
    public const int CalendarDays = 5_000;

    public const int BufferedOccurrences = 10_000;
    public const int CatchUpRuns = 10_000;
    public const int FailuresInRow = 1_000;

    /// <summary>Longest grace: a week.</summary>
    public const int GraceSeconds = 604_800;

    /// <summary>Longest catch-up window and expiry: a leap year.</summary>
    public const int LongestSeconds = 31_622_400;

    /// <summary>Most schedules that one act names.</summary>
    public const int Targets = 1_000;

    /// <summary>Most schedules of one import.</summary>
    public const int Import = 100_000;

    /// <summary>Most past moments that one backfill runs.</summary>
    public const int Backfill = 10_000;
}
