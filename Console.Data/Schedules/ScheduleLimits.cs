namespace OpsConsole.Data.Schedules;

/// <summary>Sizes of the columns, in UTF-16 code units (longer text is cut with an ellipsis), and the most that one read or write takes.</summary>
public static class ScheduleLimits
{
    public const int Name = 200;
    public const int Description = 4_000;
    public const int Owner = 100;
    public const int Tag = 60;
    public const int Tags = 20;
    public const int JobType = 300;
    public const int Queue = 100;
    public const int Operator = 200;
    public const int Note = 500;
    public const int Cause = 500;
    public const int Source = 200;
    public const int CalendarName = 100;
    public const int CalendarDays = 5_000;

    /// <summary>Most rows of one page.</summary>
    public const int Page = 200;

    /// <summary>Most schedules that are read by id at once.</summary>
    public const int Many = 1_000;

    /// <summary>Most schedules that one act or one import changes.</summary>
    public const int Bulk = 100_000;

    /// <summary>Lists count up to here; beyond it they say "more than".</summary>
    public const int Count = 100_000;

    /// <summary>Most values of one facet.</summary>
    public const int Facet = 200;

    /// <summary>Most occurrences that one request makes.</summary>
    public const int Requests = 10_000;
}
