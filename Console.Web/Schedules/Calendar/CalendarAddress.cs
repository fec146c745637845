using System.Globalization;
using OpsConsole.Data.Schedules;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Schedules.Calendar;

/// <summary>What the calendar shows, as its address says it.</summary>
public sealed record CalendarAddress(CalendarSpan Span, DateOnly Date, string? Type = null, string? Queue = null, string? Tag = null, string? Owner = null, string? At = null)
{
    private const string CellFormat = "yyyy-MM-dd'T'HH:mm";

    public ScheduleQuery Filter => new() { JobType = Type, Queue = Queue, Tag = Tag, Owner = Owner };

    public bool IsFiltered => Type is not null || Queue is not null || Tag is not null || Owner is not null;

    public string Href => Links.ScheduleCalendar(Span.ToString().ToLowerInvariant(), Date, Type, Queue, Tag, Owner, At);

    /// <param name="today">Shown when the address names no day, or none that there is.</param>
    public static CalendarAddress Read(string? view, string? date, DateOnly today, string? type, string? queue, string? tag, string? owner, string? at)
    {
        var span = Enum.TryParse<CalendarSpan>(view, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : CalendarSpan.Week;
        var day = DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var given) && given.Year is > 1970 and < 9_990 ? given : today;
        return new CalendarAddress(span, day, Links.Given(type), Links.Given(queue), Links.Given(tag), Links.Given(owner), Links.Given(at));
    }

    public CalendarAddress On(DateOnly date) => this with { Date = date, At = null };

    public CalendarAddress In(CalendarSpan span) => this with { Span = span, At = null };

    public CalendarAddress Opening(CalendarRange range, int? cell) => this with { At = cell is { } open ? range.LocalOf(open).ToString(CellFormat, CultureInfo.InvariantCulture) : null };

    /// <summary>The cell that is open, or null.</summary>
    public int? CellIn(CalendarRange range) =>
        DateTime.TryParseExact(At, CellFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && (local - range.LocalOf(0)).TotalMinutes is >= 0 and var minutes && minutes < range.Days * 1_440
            ? (int)minutes / range.CellMinutes : null;
}
