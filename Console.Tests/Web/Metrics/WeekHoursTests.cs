using OpsConsole.Data.Figures;
using OpsConsole.Data.History.Search;
using OpsConsole.Web.Metrics;

namespace OpsConsole.Tests.Web.Metrics;

public class WeekHoursTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void An_hour_of_the_week_is_each_hour_that_falls_on_it_by_the_clock_of_the_zone()
    {
        // The clocks went back on 25 October: Friday 13:00 was 11:00 UTC before it and is 12:00 UTC after it.
        var hours = new WeekHours(Noon.AddDays(-35), Noon.AddHours(1), Berlin).Of(DayOfWeek.Friday, 13);

        Assert.Equal([Noon, Noon.AddDays(-7), Noon.AddDays(-14), Noon.AddDays(-21), Noon.AddDays(-28).AddHours(-1)], hours);
        Assert.Equal([Noon], new WeekHours(Noon.AddDays(-2), Noon.AddMinutes(20), Berlin).Of(DayOfWeek.Friday, 13));
        Assert.Empty(new WeekHours(Noon.AddDays(-2), Noon, Berlin).Of(DayOfWeek.Friday, 13));
    }

    [Fact]
    public void Every_hour_of_a_week_is_counted_once()
    {
        var week = new WeekHours(Noon.AddDays(-7), Noon, Berlin);

        var all = Enum.GetValues<DayOfWeek>().SelectMany(day => Enumerable.Range(0, 24).SelectMany(hour => week.Of(day, hour))).ToList();

        Assert.Equal(Enumerable.Range(0, 168).Select(hour => Noon.AddHours(hour - 168)), all.Order());
    }

    [Fact]
    public void The_jobs_of_several_hours_are_a_search_that_can_be_read()
    {
        var href = Uri.UnescapeDataString(JobsBehind.Href(new FigureFilter(Type: "mail.send"), [Noon, Noon.AddDays(-7)], "outcome:failure"));

        Assert.Equal("/jobs?q=type:mail.send outcome:failure ((since:2026-11-20T12:00Z until:2026-11-20T13:00Z) or (since:2026-11-13T12:00Z until:2026-11-13T13:00Z))", href);
        var query = JobQuery.Parse(href["/jobs?q=".Length..], new SearchContext(Noon.AddDays(1), TimeZoneInfo.Utc, null)).Query;
        Assert.Equal((Noon.AddDays(-7), Noon.AddHours(1)), (query?.Since, query?.Until));
    }
}
