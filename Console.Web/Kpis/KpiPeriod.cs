using System.Globalization;

namespace OpsConsole.Web.Kpis;

/// <summary>How long a report reaches.</summary>
public enum PeriodKind
{
    Week,
    Month,
    Quarter,
}

/// <summary>A week (from Monday), month or quarter of the calendar. Its days are those of the viewer's zone.</summary>
/// <param name="First">Its first day.</param>
public sealed record KpiPeriod(PeriodKind Kind, DateOnly First)
{
    // The calendar ends somewhere; nobody reports on what lies beyond.
    private static readonly DateOnly s_earliest = new(2000, 1, 1), s_latest = new(2199, 12, 31);

    /// <summary>The first day after it.</summary>
    public DateOnly End => Kind switch { PeriodKind.Week => First.AddDays(7), PeriodKind.Month => First.AddMonths(1), _ => First.AddMonths(3) };

    public DateOnly Last => End.AddDays(-1);

    public int Days => End.DayNumber - First.DayNumber;

    public KpiPeriod Before => Of(Kind, First.AddDays(-1));

    public KpiPeriod Next => Of(Kind, End);

    /// <summary>"November 2026", "Quarter 4, 2026", "Week of 16 November 2026".</summary>
    public string Title => Kind switch
    {
        PeriodKind.Week => "Week of " + Text(First, "d MMMM yyyy"),
        PeriodKind.Month => Text(First, "MMMM yyyy"),
        _ => $"Quarter {Quarter}, {First.Year}",
    };

    /// <summary>In a sentence: "November", "the quarter", "the week".</summary>
    public string Name => Kind switch { PeriodKind.Week => "the week", PeriodKind.Month => Text(First, "MMMM"), _ => "the quarter" };

    /// <summary>The one before, in a sentence: "October", "the quarter before", "the week before".</summary>
    public string NameBefore => Kind == PeriodKind.Month ? Before.Name : Name + " before";

    private int Quarter => ((First.Month - 1) / 3) + 1;

    /// <summary>The one that holds this day.</summary>
    public static KpiPeriod Of(PeriodKind kind, DateOnly day)
    {
        day = day < s_earliest ? s_earliest : day > s_latest ? s_latest : day;
        return new KpiPeriod(kind, kind switch
        {
            PeriodKind.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            PeriodKind.Month => new DateOnly(day.Year, day.Month, 1),
            _ => new DateOnly(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1),
        });
    }

    /// <summary>From an address: a kind and any of its days. What cannot be read is the month of today.</summary>
    public static KpiPeriod Read(string? kind, string? day, DateOnly today) => Of(
        kind switch { "week" => PeriodKind.Week, "quarter" => PeriodKind.Quarter, _ => PeriodKind.Month },
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : today);

    /// <summary>"1 to 21 November 2026": from its first day to this one, or to its last when that is over.</summary>
    public string DaysUntil(DateOnly today)
    {
        var last = today < Last && today >= First ? today : Last;
        if (last == First)
            return Text(First, "d MMMM yyyy");
        return (First.Year == last.Year, First.Month == last.Month) switch
        {
            (true, true) => $"{First.Day} to {Text(last, "d MMMM yyyy")}",
            (true, false) => $"{Text(First, "d MMMM")} to {Text(last, "d MMMM yyyy")}",
            _ => $"{Text(First, "d MMMM yyyy")} to {Text(last, "d MMMM yyyy")}",
        };
    }

    private static string Text(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);
}
