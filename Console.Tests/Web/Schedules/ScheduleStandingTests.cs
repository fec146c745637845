using OpsConsole.Web.Schedules;

namespace OpsConsole.Tests.Web.Schedules;

public sealed class ScheduleStandingTests
{
    [Fact]
    public void A_schedule_with_a_next_moment_is_on() => Assert.Equal(ScheduleStanding.On, ScheduleStandings.Of(Sample.Schedule(), Sample.Now));

    [Fact]
    public void A_pause_ends_at_its_moment()
    {
        var schedule = Sample.Schedule();
        (schedule.PausedAt, schedule.PausedUntil) = (Sample.Now.AddHours(-1), Sample.Now.AddMinutes(5));
        Assert.Equal(ScheduleStanding.Paused, ScheduleStandings.Of(schedule, Sample.Now));
        Assert.Equal(ScheduleStanding.On, ScheduleStandings.Of(schedule, Sample.Now.AddMinutes(5)));
    }

    [Fact]
    public void A_next_moment_that_is_older_than_the_grace_is_overdue()
    {
        var schedule = Sample.Schedule();
        Assert.Equal(ScheduleStanding.On, ScheduleStandings.Of(schedule, Sample.Now.AddMinutes(21)));
        Assert.Equal(ScheduleStanding.Overdue, ScheduleStandings.Of(schedule, Sample.Now.AddMinutes(21).AddSeconds(1)));
    }

    [Fact]
    public void Without_a_next_moment_it_has_ended_or_the_runner_has_not_come_to_it()
    {
        var schedule = Sample.Schedule();
        schedule.Cursor!.NextNominalAt = null;
        Assert.Equal(ScheduleStanding.Ended, ScheduleStandings.Of(schedule, Sample.Now));
        schedule.Version = 2;
        Assert.Equal(ScheduleStanding.Unplanned, ScheduleStandings.Of(schedule, Sample.Now));
        schedule.Cursor = null;
        Assert.Equal(ScheduleStanding.Unplanned, ScheduleStandings.Of(schedule, Sample.Now));
    }
}
