using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Recurrence;

public class TimingWarningTests
{
    [Fact]
    public void An_ordinary_timing_has_no_warning()
    {
        Assert.Empty(Warnings(new() { TimeZone = "Europe/Berlin", Cron = ["0 */4 * * *", "*/5 * * * *", "0 9 L * *"] }));
        Assert.Empty(Warnings(new() { Cron = ["30 2 * * *"] }));
    }

    [Fact]
    public void A_moment_that_the_clocks_skip_or_repeat_is_told_with_the_first_day() =>
        Assert.Equal(
            [
                ("when.timeZone", "On 2027-03-28 the clocks go forward from 02:00 to 03:00: 02:30 does not exist and runs at 03:00. The same happens 4 more times in the next 5 years."),
                ("when.timeZone", "On 2027-10-31 the clocks go back from 03:00 to 02:00: 02:30 comes twice and runs the first time only. The same happens 4 more times in the next 5 years."),
            ],
            Warnings(new() { TimeZone = "Europe/Berlin", Cron = ["30 2 * * *"] }));

    [Fact]
    public void The_warning_says_what_the_schedule_asks_for() =>
        Assert.Equal(
            [
                ("when.timeZone", "On 2028-03-26 the clocks go forward from 02:00 to 03:00: 02:30 does not exist and does not run."),
                ("when.timeZone", "On 2027-10-31 the clocks go back from 03:00 to 02:00: 02:45 comes twice and runs both times."),
                ("when", "It never runs again after 2028-03-26 03:00 (Europe/Berlin)."),
            ],
            Warnings(new()
            {
                TimeZone = "Europe/Berlin",
                Cron = ["45 2 31 10 *", "30 2 26 3 *"],
                At = [new(2028, 3, 26, 3, 0, 0)],
                SkippedTime = SkippedTime.Skip,
                RepeatedTime = RepeatedTime.Twice,
                Start = new(2027, 6, 1),
                End = new(2028, 3, 26, 4, 0, 0),
            }).OrderByDescending(warning => warning.Path == "when.timeZone").ThenByDescending(warning => warning.Message));

    [Theory]
    [InlineData("0 0 13 * FRI", "Both day fields are restricted: a day that fits either of them runs. Put * into one of them if that is not meant.")]
    [InlineData("*/7 * * * *", "*/7 begins anew with each hour: after minute 56 comes minute 0, only 4 minutes later. An interval keeps the distance.")]
    [InlineData("0 */5 * * *", "*/5 begins anew with each day: after hour 20 comes hour 0, only 4 hours later. An interval keeps the distance.")]
    [InlineData("0 0 31 * *", "Months without a day 31 are left out. L is the last day of every month.")]
    [InlineData("0 0 * * FRI#5", "Most months do not have that weekday for a fifth time; it does not run in them. 5L, for example, is the last Friday of every month.")]
    public void A_line_that_may_not_mean_what_it_says_is_pointed_out(string line, string message) =>
        Assert.Equal([("when.cron[0]", message)], Warnings(new() { Cron = [line] }));

    [Fact]
    public void A_line_that_stands_there_twice_is_pointed_out() =>
        Assert.Equal([("when.cron[1]", "This line stands here twice; it runs once.")], Warnings(new() { Cron = ["0 9 * * *", " 0 9 * * *"] }));

    [Fact]
    public void Runs_within_a_minute_are_pointed_out() =>
        Assert.Equal([("when", "It runs more often than once a minute: some runs are only 10 seconds apart.")], Warnings(new() { Cron = ["*/10 * * * * *"] }));

    [Fact]
    public void A_schedule_that_has_ended_says_so() =>
        Assert.Equal(
            [("when", "It never runs again; its last moment was 2026-05-31 09:00 (UTC).")],
            Warnings(new() { Cron = ["0 9 * * *"], End = new(2026, 6, 1) }));

    [Fact]
    public void A_run_in_the_far_future_is_pointed_out() =>
        Assert.Equal(
            [
                ("when.cron[0]", "29 February exists in leap years only; it does not run in the others."),
                ("when", "The next run is more than a year away: 2028-02-29 00:00 (UTC)."),
            ],
            Warnings(new() { Cron = ["0 0 29 2 *"] }));

    private static List<(string Path, string Message)> Warnings(ScheduleTiming timing) =>
        [.. TimingWarnings.Of(timing, Timetables.Of(timing), Timetables.At("2026-11-21")).Select(warning => (warning.Path, warning.Message))];
}
