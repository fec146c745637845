using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Calendar;

namespace OpsConsole.Tests.Web.Schedules.Calendar;

public sealed class RunCounterTests
{
    private static readonly CalendarRange s_week = new(CalendarSpan.Week, Pictures.Friday, TimeZoneInfo.Utc);

    [Fact]
    public void Runs_are_counted_once_for_all_schedules_that_share_a_timing()
    {
        var counts = Count(Pictures.Group(Cron("0 2 * * *"), 60_000), Pictures.Group(Cron("30 2 * * *"), 7));

        Assert.Equal(7 * 60_007, counts.Counts.Sum());
        Assert.Equal(60_007, counts.Counts[2]);
        Assert.Empty(counts.TooOften);
    }

    [Fact]
    public void What_runs_too_often_is_named_and_takes_nothing_away_from_the_others()
    {
        var often = Pictures.Group(new ScheduleTiming { Every = [new ScheduleInterval(1)] }, 500);

        var counts = Count(often, Pictures.Group(Cron("0 2 * * *"), 3));

        Assert.Same(often, Assert.Single(counts.TooOften));
        Assert.Equal(21, counts.Counts.Sum());
    }

    [Fact]
    public void The_work_has_a_bound_however_many_timings_there_are()
    {
        // Each of them alone is drawn in a week; not all of them together.
        var groups = Enumerable.Range(0, 100).Select(i => Pictures.Group(new ScheduleTiming { Every = [new ScheduleInterval(120, i)] })).ToArray();

        var counts = Count(groups);

        Assert.InRange(counts.Counts.Sum(), 1, RunCounter.MostMoments);
        Assert.NotEmpty(counts.TooOften);
    }

    [Fact]
    public void A_range_that_is_over_has_no_runs() =>
        Assert.Equal(0, RunCounter.Count(new Outlook([Pictures.Group(Cron("* * * * *"))], 1, 0), s_week.To, s_week.To, s_week.Cells, s_week.CellOf, TestContext.Current.CancellationToken).Counts.Sum());

    private static RunCounts Count(params OutlookGroup[] groups) =>
        RunCounter.Count(new Outlook(groups, groups.Length, 0), s_week.From.AddTicks(-1), s_week.To, s_week.Cells, s_week.CellOf, TestContext.Current.CancellationToken);

    private static ScheduleTiming Cron(string line) => new() { Cron = [line] };
}
