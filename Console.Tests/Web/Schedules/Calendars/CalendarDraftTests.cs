using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Calendars;

namespace OpsConsole.Tests.Web.Schedules.Calendars;

public sealed class CalendarDraftTests
{
    private static readonly CalendarDay s_christmas = new(new DateOnly(2026, 12, 25), "Christmas");
    private static readonly CalendarDay s_newYear = new(new DateOnly(2027, 1, 1), "New Year");

    [Fact]
    public void A_calendar_comes_back_from_its_lines_as_it_was()
    {
        var draft = CalendarDraft.Of(Saved(s_christmas, s_newYear));

        Assert.False(draft.IsDirty);
        Assert.Equal([s_christmas, s_newYear], draft.ToCalendar().Days);
    }

    [Fact]
    public void It_counts_what_is_added_and_what_is_taken_out()
    {
        var draft = CalendarDraft.Of(Saved(s_christmas));
        draft.Lines = "2026-12-25 Christmas Day\n2026-12-26";
        draft.Read();

        Assert.Equal((2, 1, true), (draft.Added, draft.Removed, draft.IsDirty));
    }

    [Fact]
    public void A_line_that_is_not_understood_is_something_to_lose()
    {
        var draft = CalendarDraft.New();
        Assert.False(draft.IsDirty);
        draft.Lines = "soon";
        draft.Read();

        Assert.True(draft.IsDirty);
        Assert.Equal("soon", draft.Lines);
    }

    [Fact]
    public void A_pasted_file_becomes_lines()
    {
        var draft = CalendarDraft.New();
        draft.Lines = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\nSUMMARY:Christmas\nEND:VEVENT\nEND:VCALENDAR";
        draft.Read();

        Assert.Equal("2026-12-25 Christmas", draft.Lines);
    }

    [Fact]
    public void Mine_goes_over_theirs_only_by_their_version()
    {
        var draft = CalendarDraft.Of(Saved(s_christmas));
        draft.Lines += "\n2027-01-01 New Year";
        draft.Read();
        draft.Meet(new ScheduleCalendar { Name = "germany", Version = 2, Days = [], UpdatedBy = "mara" });
        Assert.Equal((1, 2), (draft.Saved!.Version, draft.Theirs!.Version));

        draft.PutMineOnTop();

        Assert.Equal((2, null), (draft.Saved!.Version, draft.Theirs));
        Assert.Equal([s_christmas, s_newYear], draft.ToCalendar().Days);
        Assert.Equal(2, draft.Added);
    }

    private static ScheduleCalendar Saved(params IReadOnlyList<CalendarDay> days) => new() { Name = "germany", Version = 1, Days = [.. days] };
}
