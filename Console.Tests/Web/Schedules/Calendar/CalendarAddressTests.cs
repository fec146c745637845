using OpsConsole.Web.Schedules.Calendar;

namespace OpsConsole.Tests.Web.Schedules.Calendar;

public sealed class CalendarAddressTests
{
    private static readonly DateOnly s_today = new(2026, 11, 20);

    [Fact]
    public void An_address_without_words_is_the_week_of_today()
    {
        var address = CalendarAddress.Read(null, null, s_today, " ", "", null, null, null);

        Assert.Equal((CalendarSpan.Week, s_today, false), (address.Span, address.Date, address.IsFiltered));
    }

    [Theory]
    [InlineData("century", "yesterday")]
    [InlineData("7", "0001-01-01")]
    [InlineData("<script>", "9999-12-31")]
    public void What_is_no_range_is_the_week_of_today(string view, string date)
    {
        var address = CalendarAddress.Read(view, date, s_today, null, null, null, null, "never");

        Assert.Equal((CalendarSpan.Week, s_today), (address.Span, address.Date));
        Assert.Null(address.CellIn(new CalendarRange(address.Span, address.Date, TimeZoneInfo.Utc)));
    }

    [Fact]
    public void Everything_that_is_shown_is_in_the_address_and_comes_back_from_it()
    {
        var range = new CalendarRange(CalendarSpan.Day, s_today, TimeZoneInfo.Utc);
        var address = CalendarAddress.Read("day", "2026-11-20", s_today, "a&b", "<q>", "t", "o", null).Opening(range, 615);

        Assert.Equal("/schedules/calendar?view=day&date=2026-11-20&type=a%26b&queue=%3Cq%3E&tag=t&owner=o&at=2026-11-20T10%3A15", address.Href);
        Assert.Equal(615, address.CellIn(range));
        Assert.Null(address.On(s_today.AddDays(1)).At);
        Assert.Null(address.CellIn(new CalendarRange(CalendarSpan.Day, s_today.AddDays(1), TimeZoneInfo.Utc)));
    }
}
