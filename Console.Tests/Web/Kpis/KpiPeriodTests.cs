using OpsConsole.Web.Kpis;

namespace OpsConsole.Tests.Web.Kpis;

public class KpiPeriodTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData(PeriodKind.Week, "2026-11-22", "2026-11-16", "2026-11-23", "Week of 16 November 2026")]
    [InlineData(PeriodKind.Month, "2026-11-22", "2026-11-01", "2026-12-01", "November 2026")]
    [InlineData(PeriodKind.Quarter, "2026-11-22", "2026-10-01", "2027-01-01", "Quarter 4, 2026")]
    [InlineData(PeriodKind.Week, "2027-01-01", "2026-12-28", "2027-01-04", "Week of 28 December 2026")]
    public void A_day_lies_in_one_week_month_and_quarter(PeriodKind kind, string day, string first, string end, string title)
    {
        var period = KpiPeriod.Of(kind, DateOnly.Parse(day, null));

        Assert.Equal((DateOnly.Parse(first, null), DateOnly.Parse(end, null), title), (period.First, period.End, period.Title));
        Assert.Equal(period, period.Next.Before);
        Assert.Equal(period, period.Before.Next);
    }

    [Theory]
    [InlineData("week", "2026-11-18", "16 to 18 November 2026")]
    [InlineData("month", "2026-11-01", "1 November 2026")]
    [InlineData("quarter", "2026-11-18", "1 October to 18 November 2026")]
    [InlineData("month", "2026-12-24", "1 to 30 November 2026")]
    public void The_days_of_a_report_end_today_at_the_latest(string kind, string today, string words) =>
        Assert.Equal(words, KpiPeriod.Read(kind, "2026-11-18", DateOnly.Parse(today, null)).DaysUntil(DateOnly.Parse(today, null)));

    [Theory]
    [InlineData(null, null)]
    [InlineData("century", "soon")]
    [InlineData("month", "0001-01-01x")]
    public void What_an_address_does_not_say_is_this_month(string? kind, string? day) =>
        Assert.Equal("November 2026", KpiPeriod.Read(kind, day, new DateOnly(2026, 11, 20)).Title);

    [Fact]
    public void The_ends_of_the_calendar_are_no_way_out()
    {
        var first = KpiPeriod.Read("quarter", "0001-01-01", new DateOnly(2026, 11, 20));
        var last = KpiPeriod.Read("week", "9999-12-31", new DateOnly(2026, 11, 20));

        Assert.Equal((2000, 2199), (first.First.Year, last.First.Year));
        Assert.Equal(first, first.Before);
        Assert.NotNull(KpiRange.Of(last, Berlin, DateTimeOffset.UnixEpoch).Edges(last));
    }

    [Fact]
    public void Days_begin_at_midnight_of_the_viewer_also_when_the_clocks_change()
    {
        var range = KpiRange.Of(KpiPeriod.Read("month", "2026-10-01", default), Berlin, new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

        Assert.Equal(new DateTimeOffset(2026, 9, 30, 22, 0, 0, TimeSpan.Zero), range.From);
        Assert.Equal(new DateTimeOffset(2026, 10, 31, 23, 0, 0, TimeSpan.Zero), range.End);
        Assert.True(range.IsOver);
        Assert.Equal((range.End, range.EndBefore), (range.Until, range.UntilBefore));
        Assert.Equal(32, range.Edges(range.Period).Count);
        Assert.Contains(TimeSpan.FromHours(25), range.Edges(range.Period).Zip(range.Edges(range.Period).Skip(1), (from, to) => to - from));
    }

    [Fact]
    public void A_month_that_is_half_over_is_compared_with_half_a_month()
    {
        var range = KpiRange.Of(KpiPeriod.Read("month", "2026-11-01", default), TimeZoneInfo.Utc, new DateTimeOffset(2026, 11, 16, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(new DateTimeOffset(2026, 10, 16, 0, 0, 0, TimeSpan.Zero), range.UntilBefore);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), range.EndBefore);
        Assert.False(range.IsOver || range.IsFuture);
    }

    [Fact]
    public void An_address_reads_back_what_it_says()
    {
        var today = new DateOnly(2026, 11, 20);
        var filter = KpiFilter.Read("quarter", "2026-05-05", "no", "wait", today);

        Assert.Equal("/kpis?period=quarter&day=2026-04-01&compare=no&show=wait", filter.Href(today));
        Assert.Equal("/kpis?period=month", KpiFilter.Read(null, null, null, null, today).Href(today));
        Assert.Equal("/kpis/file.csv?period=quarter&day=2026-04-01", filter.FileHref("csv"));
    }
}
