using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Recurrence;

public class ClockChangeTests
{
    [Theory]
    [InlineData("Europe/Berlin", "30 2 * * *", "2027-03-28 00:00", "2027-03-29 00:00", "2027-03-28 01:00")]
    [InlineData("America/New_York", "15,45 2 * * *", "2027-03-14 05:00", "2027-03-15 04:00", "2027-03-14 07:00")]
    [InlineData("Asia/Beirut", "0 0 * * *", "2027-03-27 12:00", "2027-03-28 12:00", "2027-03-27 22:00")]
    [InlineData("Australia/Lord_Howe", "10 2 * * *", "2027-10-02 12:00", "2027-10-03 12:00", "2027-10-02 15:30")]
    public void A_local_time_that_does_not_exist_is_moved_to_the_end_of_the_gap(string zone, string line, string from, string to, string expected) =>
        Assert.Equal([expected], Timetables.Of(zone, line).Utc(from, to));

    [Fact]
    public void A_moved_moment_says_which_time_was_meant()
    {
        var moment = Timetables.Of("Europe/Berlin", "30 2 * * *").Next(Timetables.At("2027-03-28 00:00"));

        Assert.Equal(new DateTime(2027, 3, 28, 2, 30, 0), moment?.Planned);
        Assert.Equal(ClockChange.Moved, moment?.Clocks);
    }

    [Fact]
    public void A_moved_moment_that_meets_a_regular_one_runs_once_and_as_the_regular_one()
    {
        var timetable = Timetables.Of("Europe/Berlin", "30 2 * * *", "0 3 * * *");

        Assert.Equal(["2027-03-28 01:00"], timetable.Utc("2027-03-28 00:00", "2027-03-28 12:00"));
        Assert.Equal(ClockChange.None, timetable.Next(Timetables.At("2027-03-28 00:00"))?.Clocks);
    }

    [Fact]
    public void A_local_time_that_does_not_exist_is_left_out_when_asked() =>
        Assert.Equal(
            ["2027-03-27 01:30", "2027-03-29 00:30"],
            Timetables.Of(new ScheduleTiming { TimeZone = "Europe/Berlin", Cron = ["30 2 * * *"], SkippedTime = SkippedTime.Skip }).Utc("2027-03-27 00:00", "2027-03-30 00:00"));

    [Fact]
    public void A_local_time_that_comes_twice_runs_once_unless_asked()
    {
        var once = new ScheduleTiming { TimeZone = "Europe/Berlin", Cron = ["*/30 2 * * *"] };
        var twice = once with { RepeatedTime = RepeatedTime.Twice };

        Assert.Equal(["2027-10-31 00:00", "2027-10-31 00:30"], Timetables.Of(once).Utc("2027-10-30 12:00", "2027-10-31 12:00"));
        Assert.Equal(
            ["2027-10-31 00:00", "2027-10-31 00:30", "2027-10-31 01:00", "2027-10-31 01:30"],
            Timetables.Of(twice).Utc("2027-10-30 12:00", "2027-10-31 12:00"));
        Assert.Equal(
            [ClockChange.First, ClockChange.First, ClockChange.Second, ClockChange.Second],
            Timetables.Of(twice).Between(Timetables.At("2027-10-30 12:00"), Timetables.At("2027-10-31 12:00"), 9).Select(moment => moment.Clocks));
    }

    [Theory]
    [InlineData("0 * * * *", 25)]
    [InlineData("*/5 * * * *", 300)]
    public void A_line_of_every_hour_follows_the_clock_through_both_passes(string line, int expected) =>
        Assert.Equal(expected, Timetables.Of("Europe/Berlin", line).Count(Timetables.At("2027-10-30 22:00"), Timetables.At("2027-10-31 23:00"), 1_000));

    [Fact]
    public void A_line_of_every_hour_is_not_moved() =>
        Assert.Equal(
            ["2027-03-28 00:30", "2027-03-28 01:30"],
            Timetables.Of("Europe/Berlin", "30 * * * *").Utc("2027-03-28 00:00", "2027-03-28 02:00"));

    [Fact]
    public void Half_an_hour_that_comes_twice_repeats_half_an_hour() =>
        Assert.Equal(
            ["2027-04-03 14:00", "2027-04-03 14:45", "2027-04-03 15:15", "2027-04-03 15:30"],
            Timetables.Of(new ScheduleTiming { TimeZone = "Australia/Lord_Howe", Cron = ["0,45 1,2 * * *"], RepeatedTime = RepeatedTime.Twice })
                .Utc("2027-04-03 13:30", "2027-04-03 16:00"));

    [Fact]
    public void One_off_moments_follow_the_same_rules()
    {
        var timing = new ScheduleTiming { TimeZone = "Europe/Berlin", At = [new DateTime(2027, 3, 28, 2, 30, 0), new DateTime(2027, 10, 31, 2, 30, 0)] };
        var other = timing with { SkippedTime = SkippedTime.Skip, RepeatedTime = RepeatedTime.Twice };

        Assert.Equal(["2027-03-28 01:00", "2027-10-31 00:30"], Timetables.Of(timing).Utc("2027-01-01", "2028-01-01"));
        Assert.Equal(["2027-10-31 00:30", "2027-10-31 01:30"], Timetables.Of(other).Utc("2027-01-01", "2028-01-01"));
    }
}
