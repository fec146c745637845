using OpsConsole.Data.Figures.OnTime;
using OpsConsole.Web.Kpis;

namespace OpsConsole.Tests.Web.Kpis;

public class LateWeekTests
{
    private static readonly DateTimeOffset Friday = new(2026, 11, 20, 13, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void Hours_count_by_the_clock_of_the_zone_and_those_that_stand_out_are_named()
    {
        var week = LateWeek.Of([Hour(Friday, 3, 9), Hour(Friday.AddDays(-7), 2, 10), Hour(Friday.AddHours(10), 2, 1), Hour(Friday.AddHours(1), 0, 50)], Berlin);

        Assert.Equal((24, 5), (week[DayOfWeek.Friday, 14].Planned, week[DayOfWeek.Friday, 14].NotOnTime));
        Assert.Equal(2, week[DayOfWeek.Saturday, 0].NotOnTime);
        Assert.Equal("Two times stand out: Fridays at 14:00 (5 of 24 planned runs) and Saturdays at 00:00 (2 of 3 planned runs).", week.Words);
    }

    [Fact]
    public void An_hour_that_stands_out_on_every_working_day_is_one_time()
    {
        var week = LateWeek.Of(Enumerable.Range(0, 5).Select(day => Hour(Friday.AddDays(-day), 3, 7)), Berlin);

        Assert.Equal("One time stands out: weekdays at 14:00 (15 of 50 planned runs).", week.Words);
    }

    [Fact]
    public void A_single_late_run_and_lateness_all_over_the_week_make_no_hour_stand_out()
    {
        Assert.Null(LateWeek.Of([Hour(Friday, 1, 0)], Berlin).Words);
        Assert.Null(LateWeek.Of(Enumerable.Range(0, 100).Select(hour => Hour(Friday.AddHours(hour), 2, 0)), Berlin).Words);
        Assert.Equal((0, null), (LateWeek.Of([Hour(Friday, 0, 4)], Berlin).Late, LateWeek.Of([], Berlin).Words));
    }

    private static OnTimeHour Hour(DateTimeOffset at, int late, int onTime) => new(at, new OnTimeTally(onTime, late, 0, 0, 0, 0));
}
