using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Calendar;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Calendar;

public sealed class CalendarRangeTests
{
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void A_day_on_which_clocks_change_has_its_own_length_and_every_moment_its_cell()
    {
        var shorter = new CalendarRange(CalendarSpan.Day, new DateOnly(2027, 3, 28), s_berlin);
        var longer = new CalendarRange(CalendarSpan.Day, new DateOnly(2026, 10, 25), s_berlin);
        Assert.Equal((23, 25), ((shorter.To - shorter.From).TotalHours, (longer.To - longer.From).TotalHours));
        Assert.Equal(1_440, longer.Cells);
        Assert.Equal(longer.CellOf(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero)), longer.CellOf(new DateTimeOffset(2026, 10, 25, 1, 30, 0, TimeSpan.Zero)));
        Assert.Equal(2, (longer.MomentsOf(3 * 60).From - longer.MomentsOf(2 * 60).From).TotalHours);
        for (var at = shorter.From; at < shorter.To; at = at.AddMinutes(7)) Assert.InRange(shorter.CellOf(at), 0, 1_439);
        Assert.Equal(-1, shorter.CellOf(shorter.To));
    }

    [Fact]
    public void A_midnight_that_is_skipped_begins_the_day_later()
    {
        var beirut = new CalendarRange(CalendarSpan.Day, new DateOnly(2026, 3, 29), TimeZoneInfo.FindSystemTimeZoneById("Asia/Beirut"));
        Assert.Equal(23, (beirut.To - beirut.From).TotalHours);
    }

    [Theory]
    [InlineData(CalendarSpan.Week, "2026-11-21", "2026-11-16", 7, "16 to 22 November 2026")]
    [InlineData(CalendarSpan.Week, "2026-12-31", "2026-12-28", 7, "28 December 2026 to 3 January 2027")]
    [InlineData(CalendarSpan.Month, "2026-11-21", "2026-10-26", 42, "November 2026")]
    [InlineData(CalendarSpan.Month, "2027-02-10", "2027-02-01", 28, "February 2027")]
    public void Weeks_begin_on_Mondays_and_months_are_whole_weeks(CalendarSpan span, string date, string first, int days, string title)
    {
        var range = new CalendarRange(span, DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), s_berlin);
        Assert.Equal((first, days, title), (range.First.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), range.Days, range.Title));
    }

    [Fact]
    public void What_runs_too_often_is_named_and_takes_nothing_away_from_the_rest()
    {
        var range = new CalendarRange(CalendarSpan.Month, new DateOnly(2026, 12, 1), s_berlin);
        var outlook = new Outlook([Group(new ScheduleTiming { Every = [new ScheduleInterval(1)] }, 3), Group(new ScheduleTiming { TimeZone = "Europe/Berlin", Cron = ["30 2 * * *"] }, 50_000)], 50_003, 0);
        var counts = RunCounter.Count(outlook, range.From, range.To, range.Cells, range.CellOf, TestContext.Current.CancellationToken);
        Assert.Equal(3, Assert.Single(counts.TooOften).Count);
        Assert.All(counts.Counts, count => Assert.Equal(50_000, count));
    }

    [Fact]
    public void An_address_that_says_nonsense_shows_this_week()
    {
        var address = CalendarAddress.Read("decade", "2026-13-45", new DateOnly(2026, 11, 21), " ", null, "<b>", null, "soon");
        Assert.Equal((CalendarSpan.Week, new DateOnly(2026, 11, 21), null, "<b>"), (address.Span, address.Date, address.Type, address.Tag));
        var range = new CalendarRange(address.Span, address.Date, s_berlin);
        Assert.Null(address.CellIn(range));
        Assert.Equal(26, (address with { At = "2026-11-17T02:00" }).CellIn(range));
        Assert.Null((address with { At = "2026-11-23T00:00" }).CellIn(range));
    }

    [Fact]
    public void A_few_runs_are_never_heavy_and_the_usual_ones_neither()
    {
        var range = new CalendarRange(CalendarSpan.Week, new DateOnly(2026, 11, 21), s_berlin);
        CalendarPicture Picture(params long[] planned) => new() { Range = range, Cells = [.. planned.Select(count => new CalendarCell { Planned = count })], At = range.From, Outlook = Outlook.Empty };
        int[] Levels(CalendarPicture picture) => [.. picture.Cells.Select(picture.Level)];
        Assert.Equal([0, 1, 1, 2], Levels(Picture(0, 1, 1, 2)));
        Assert.Equal([2, 2, 2, 4, 1], Levels(Picture(20, 22, 24, 100, 3)));
    }

    private static OutlookGroup Group(ScheduleTiming when, int count) =>
        new(ScheduleJson.Write(when), when, Timetable.Compile(when, new Dictionary<string, IReadOnlySet<DateOnly>>()).Timetable!, count);
}
