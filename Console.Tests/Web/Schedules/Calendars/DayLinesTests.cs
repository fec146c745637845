using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Calendars;

namespace OpsConsole.Tests.Web.Schedules.Calendars;

public sealed class DayLinesTests
{
    [Fact]
    public void Lines_become_days_in_order_and_come_back()
    {
        var reading = DayLines.Read("# holidays\n2026-12-26\tBoxing Day\n25.12.2026 <b>Christmas</b>\n\n2026-12-30..2027-01-01, \"New Year\"\n");
        Assert.Empty(reading.Problems);
        Assert.Equal(
            [("2026-12-25", "<b>Christmas</b>"), ("2026-12-26", "Boxing Day"), ("2026-12-30", "New Year"), ("2026-12-31", "New Year"), ("2027-01-01", "New Year")],
            reading.Days.Select(day => (day.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), day.Name)));
        Assert.Equal(reading.Days, DayLines.Read(DayLines.Write(reading.Days)).Days);
    }

    [Theory]
    [InlineData("Christmas 2026-12-25", 1, "Begin the line with a date")]
    [InlineData("2026-12-25\n2026-02-30 x", 2, "Begin the line with a date")]
    [InlineData("2026-12-25\n\n2026-12-25 again", 3, "stands in line 1 already")]
    [InlineData("2026-12-25..2026-12-24", 1, "ends before it begins")]
    [InlineData("2026-01-01..2099-01-01", 1, "at most a year")]
    public void A_line_that_is_not_understood_is_named(string text, int line, string problem)
    {
        var found = Assert.Single(DayLines.Read(text).Problems);
        Assert.Equal(line, found.Line);
        Assert.Contains(problem, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pasted_calendar_file_becomes_lines()
    {
        var draft = CalendarDraft.New();
        draft.Lines = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Christmas\\, both\r\n  days\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        draft.Read();
        Assert.Equal("2026-12-25 Christmas, both days\n2026-12-26 Christmas, both days", draft.Lines);
        Assert.Equal((2, 0), (draft.Added, draft.Removed));
    }

    [Fact]
    public void Changes_are_counted_against_what_is_saved()
    {
        var draft = CalendarDraft.Of(new ScheduleCalendar { Name = "germany", Days = [new CalendarDay(new DateOnly(2026, 12, 25), "Christmas")] });
        Assert.False(draft.IsDirty);
        draft.Lines = "2026-12-25 Xmas\n2026-12-26";
        draft.Read();
        Assert.Equal((2, 1, true), (draft.Added, draft.Removed, draft.IsDirty));
    }
}
