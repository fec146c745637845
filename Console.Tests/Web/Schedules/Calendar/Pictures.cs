using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.Calendar;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Calendar;

/// <summary>Pictures of calendars without a database.</summary>
internal static class Pictures
{
    public static readonly DateOnly Friday = new(2026, 11, 20);

    public static CalendarPicture Of(CalendarSpan span, params IEnumerable<(int Cell, long Planned)> planned)
    {
        var range = new CalendarRange(span, Friday, TimeZoneInfo.Utc);
        var by = planned.ToDictionary(cell => cell.Cell, cell => cell.Planned);
        return new CalendarPicture { Range = range, At = Sample.Now, Outlook = Outlook.Empty, Cells = [.. Enumerable.Range(0, range.Cells).Select(i => new CalendarCell { Planned = by.GetValueOrDefault(i) })] };
    }

    public static CalendarPicture With(this CalendarPicture picture, int cell, params IEnumerable<(OccurrenceFate Fate, long Count)> past)
    {
        foreach (var (fate, count) in past) picture.Cells[cell].Add(fate, count);
        return picture;
    }

    public static OutlookGroup Group(ScheduleTiming when, int count = 1) =>
        new(ScheduleJson.Write(when), when, Timetable.Compile(when, new Dictionary<string, IReadOnlySet<DateOnly>>()).Timetable!, count);
}
