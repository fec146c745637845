namespace OpsConsole.Web.Schedules.Recurrence;

/// <summary>One of the six fields of a cron line: what it is called and which values it has.</summary>
internal sealed record CronField(CronFieldKind Kind, string Name, string Plural, int Min, int Max, string Allowed)
{
    public static readonly CronField Second = new(CronFieldKind.Second, "second", "seconds", 0, 59, "0 to 59");
    public static readonly CronField Minute = new(CronFieldKind.Minute, "minute", "minutes", 0, 59, "0 to 59");
    public static readonly CronField Hour = new(CronFieldKind.Hour, "hour", "hours", 0, 23, "0 to 23");
    public static readonly CronField DayOfMonth = new(CronFieldKind.DayOfMonth, "day of the month", "days of the month", 1, 31, "1 to 31");

    public static readonly CronField Month = new(CronFieldKind.Month, "month", "months", 1, 12, "1 to 12 or JAN to DEC")
    {
        Names = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    };

    public static readonly CronField DayOfWeek = new(CronFieldKind.DayOfWeek, "day of the week", "days of the week", 0, 7, "0 to 7 (both are Sunday) or SUN to SAT")
    {
        Names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    };

    public static readonly IReadOnlyList<CronField> All = [Second, Minute, Hour, DayOfMonth, Month, DayOfWeek];

    /// <summary>Names of the values from <see cref="Min"/> on; empty for fields that have only numbers.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>The last value that a star reaches: Sunday is not counted twice.</summary>
    public int LastValue => Kind == CronFieldKind.DayOfWeek ? 6 : Max;

    public bool IsDay => Kind is CronFieldKind.DayOfMonth or CronFieldKind.DayOfWeek;

    /// <summary>The value of a name, or null.</summary>
    public int? ValueOf(string name)
    {
        for (var index = 0; index < Names.Count; index++)
        {
            if (Names[index].Equals(name, StringComparison.OrdinalIgnoreCase))
                return Min + index;
        }
        return null;
    }
}

internal enum CronFieldKind
{
    Second,
    Minute,
    Hour,
    DayOfMonth,
    Month,
    DayOfWeek,
}
