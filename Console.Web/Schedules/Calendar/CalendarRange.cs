using System.Globalization;

namespace OpsConsole.Web.Schedules.Calendar;

/// <summary>How much of time the calendar shows, and in which cells.</summary>
public enum CalendarSpan
{
    /// <summary>Minutes by hours.</summary>
    Day,

    /// <summary>Hours by days.</summary>
    Week,

    /// <summary>Days by weeks.</summary>
    Month,
}

/// <summary>A day, a week or a month by the clock of one zone, cut into cells.</summary>
public sealed class CalendarRange
{
    public CalendarRange(CalendarSpan span, DateOnly date, TimeZoneInfo zone)
    {
        (Span, Date, Zone) = (span, date, zone);
        First = span switch
        {
            CalendarSpan.Day => date,
            CalendarSpan.Week => Monday(date),
            _ => Monday(new DateOnly(date.Year, date.Month, 1)),
        };
        Days = span switch { CalendarSpan.Day => 1, CalendarSpan.Week => 7, _ => WeeksOf(date) * 7 };
        (From, To) = (Start(First.ToDateTime(TimeOnly.MinValue)), Start(First.AddDays(Days).ToDateTime(TimeOnly.MinValue)));
    }

    public CalendarSpan Span { get; }

    /// <summary>The day that was asked for.</summary>
    public DateOnly Date { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>First day that is shown; a month begins with the Monday before it.</summary>
    public DateOnly First { get; }

    public int Days { get; }

    public DateTimeOffset From { get; }

    /// <summary>Not included.</summary>
    public DateTimeOffset To { get; }

    public int CellMinutes => Span switch { CalendarSpan.Day => 1, CalendarSpan.Week => 60, _ => 1_440 };

    public int Cells => Days * 1_440 / CellMinutes;

    /// <summary>Seconds of the spans in which the past is counted: a divisor of every cell, also in zones of half and quarter hours.</summary>
    public int PastSeconds => Span == CalendarSpan.Day ? 60 : 900;

    public DateOnly Previous => Step(-1);

    public DateOnly Next => Step(1);

    public string Title => Span switch
    {
        CalendarSpan.Day => Date.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture),
        CalendarSpan.Week => First.Month == First.AddDays(6).Month
            ? $"{First.Day} to {First.AddDays(6).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}"
            : $"{First.ToString(First.Year == First.AddDays(6).Year ? "d MMMM" : "d MMMM yyyy", CultureInfo.InvariantCulture)} to {First.AddDays(6).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}",
        _ => Date.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>The cell of a moment, by what the clocks of the zone show; an hour that comes twice goes into one cell. Negative: none.</summary>
    public int CellOf(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Zone).DateTime;
        var minutes = (long)Math.Floor((local - First.ToDateTime(TimeOnly.MinValue)).TotalMinutes);
        return minutes < 0 || minutes >= Days * 1_440L ? -1 : (int)(minutes / CellMinutes);
    }

    /// <summary>Local begin of a cell.</summary>
    public DateTime LocalOf(int cell) => First.ToDateTime(TimeOnly.MinValue).AddMinutes((double)cell * CellMinutes);

    /// <summary>The moments that a cell spans; longer than the cell where clocks go back in it.</summary>
    public (DateTimeOffset From, DateTimeOffset To) MomentsOf(int cell) => (Start(LocalOf(cell)), Start(LocalOf(cell + 1)));

    private DateOnly Step(int direction) => Span switch
    {
        CalendarSpan.Day => Date.AddDays(direction),
        CalendarSpan.Week => Date.AddDays(7 * direction),
        _ => new DateOnly(Date.Year, Date.Month, 1).AddMonths(direction),
    };

    /// <summary>The first moment at which the clocks show this or, where they skip it, something later.</summary>
    private DateTimeOffset Start(DateTime local)
    {
        while (Zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static DateOnly Monday(DateOnly date) => date.AddDays(-(((int)date.DayOfWeek + 6) % 7));

    private static int WeeksOf(DateOnly date)
    {
        var first = new DateOnly(date.Year, date.Month, 1);
        return (first.AddMonths(1).DayNumber - Monday(first).DayNumber + 6) / 7;
    }
}
