using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Recurrence;

public class TimingProblemTests
{
    private static readonly ScheduleTiming Daily = new() { Cron = ["0 9 * * *"] };

    [Fact]
    public void A_fault_in_a_cron_line_says_which_line_and_which_characters() =>
        Assert.Equal(
            [new TimingProblem("when.cron[1]", "Hour 24 does not exist; hours are 0 to 23.", 2, 2)],
            Problems(Daily with { Cron = ["0 9 * * *", "0 24 * * *"] }));

    [Theory]
    [InlineData("Europe/Pariss", "There is no time zone \"Europe/Pariss\"; did you mean Europe/Paris?")]
    [InlineData("Berlin", "There is no time zone \"Berlin\"; did you mean Europe/Berlin?")]
    [InlineData("New York", "There is no time zone \"New York\"; did you mean America/New_York?")]
    [InlineData("W. Europe Standard Time", "There is no time zone \"W. Europe Standard Time\"; did you mean Europe/Berlin?")]
    [InlineData("utc", "There is no time zone \"utc\"; did you mean UTC?")]
    [InlineData("../../etc/passwd", "There is no time zone \"../../etc/passwd\"; use an IANA name such as Europe/Paris, or UTC.")]
    [InlineData("right/Europe/Berlin", "There is no time zone \"right/Europe/Berlin\"; did you mean Europe/Berlin?")]
    [InlineData("<b>x</b>", "There is no time zone \"<b>x</b>\"; use an IANA name such as Europe/Paris, or UTC.")]
    [InlineData("", "The time zone is missing; use an IANA name such as Europe/Paris, or UTC.")]
    public void A_time_zone_that_does_not_exist_is_answered_with_near_ones(string zone, string message) =>
        Assert.Equal([new TimingProblem("when.timeZone", message)], Problems(Daily with { TimeZone = zone }));

    [Fact]
    public void A_very_long_time_zone_is_cut_in_the_message() =>
        Assert.True(Problems(Daily with { TimeZone = new string('x', 100_000) }).Single().Message.Length < 200);

    [Fact]
    public void An_end_before_the_start_is_refused() =>
        Assert.Equal(
            [new TimingProblem("when.end", "The end (2027-01-01 00:00) is before the start (2027-01-02 00:00).")],
            Problems(Daily with { Start = new(2027, 1, 2), End = new(2027, 1, 1) }));

    [Theory]
    [InlineData(0, 0, "when.every[0].seconds", "An interval of 0 seconds is not possible; it must be at least 1 second.")]
    [InlineData(-5, 0, "when.every[0].seconds", "An interval of -5 seconds is not possible; it must be at least 1 second.")]
    [InlineData(60, 60, "when.every[0].phaseSeconds", "A phase of 60 seconds is not possible; it must be 0 to 59, less than the interval.")]
    public void An_impossible_interval_is_refused(int seconds, int phase, string path, string message) =>
        Assert.Equal([new TimingProblem(path, message)], Problems(new() { Every = [new(seconds, phase)] }));

    [Theory]
    [InlineData("*/5 * * * *", 301, "A jitter of 301 seconds is longer than the 5 minutes between two moments; at most 300 seconds are possible.")]
    [InlineData("0 9 * * *", 90_000, "A jitter of 25 hours is longer than the 1 day between two moments; at most 86400 seconds are possible.")]
    [InlineData("0 9-17 * * *", 7_200, "A jitter of 2 hours is longer than the 1 hour between two moments; at most 3600 seconds are possible.")]
    public void A_jitter_that_is_longer_than_the_period_is_refused(string line, int jitter, string message) =>
        Assert.Equal([new TimingProblem("when.jitterSeconds", message)], Problems(new() { Cron = [line], JitterSeconds = jitter }));

    [Fact]
    public void A_timing_without_any_rule_is_refused() =>
        Assert.Equal([new TimingProblem("when", "Nothing says when it runs; add a cron line, an interval or a one-off moment.")], Problems(new()));

    [Fact]
    public void A_timing_that_can_never_run_is_refused()
    {
        Assert.Equal(
            [new TimingProblem("when", "Nothing of this ever runs: no moment lies between its start and its end.")],
            Problems(Daily with { Start = new(2027, 1, 1, 10, 0, 0), End = new(2027, 1, 1, 11, 0, 0) }));
        Assert.Equal(
            [new TimingProblem("when", "Nothing of this ever runs: the exclusions, the start and the end leave no moment.")],
            Problems(new() { At = [new(2027, 1, 1)], ExceptRanges = [new(new(2026, 1, 1), new(2028, 1, 1))] }));
    }

    [Fact]
    public void A_calendar_that_does_not_exist_is_named() =>
        Assert.Equal([new TimingProblem("when.exceptCalendars[0]", "There is no calendar \"Holydays\".")], Problems(Daily with { ExceptCalendars = ["Holydays"] }));

    [Fact]
    public void Local_times_have_no_offset_and_lie_in_the_calendar()
    {
        var utc = new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        Assert.Equal(
            ["when.at[1]", "when.start", "when.exceptRanges[0].from", "when.exceptRanges[0].to"],
            Problems(new() { At = [new(2027, 1, 1), utc], Start = new(1, 1, 1), ExceptRanges = [new(new(2027, 1, 1, 0, 0, 0, 5), new(9_999, 1, 1))] }).Select(problem => problem.Path));
        Assert.Equal("2027-01-01 00:00 must be a local time of the schedule's zone; leave out Z or the offset.", Problems(new() { At = [utc] }).Single().Message);
    }

    [Fact]
    public void A_range_that_ends_before_it_begins_is_refused() =>
        Assert.Equal("when.exceptRanges[0].to", Problems(Daily with { ExceptRanges = [new(new(2027, 1, 2), new(2027, 1, 2))] }).Single().Path);

    [Fact]
    public void There_is_a_limit_on_everything() =>
        Assert.Equal(
            [
                "51 cron lines are too many; at most 50 are allowed.",
                "51 intervals are too many; at most 50 are allowed.",
                "1001 one-off moments are too many; at most 1000 are allowed.",
                "501 excluded ranges are too many; at most 500 are allowed.",
            ],
            Problems(new()
            {
                Cron = [.. Enumerable.Repeat("0 9 * * *", 51)],
                Every = [.. Enumerable.Repeat(new ScheduleInterval(60), 51)],
                At = [.. Enumerable.Repeat(new DateTime(2027, 1, 1), 1_001)],
                ExceptRanges = [.. Enumerable.Repeat(new ExcludedRange(new(2027, 1, 1), new(2027, 1, 2)), 501)],
            }).Select(problem => problem.Message));

    [Fact]
    public void A_very_long_line_is_refused_by_its_length() =>
        Assert.Equal("This line has 100000 characters; at most 300 are allowed.", Problems(new() { Cron = [new string('*', 100_000)] }).Single().Message);

    private static IReadOnlyList<TimingProblem> Problems(ScheduleTiming timing)
    {
        var result = Timetable.Compile(timing, Timetables.NoCalendars);
        Assert.Equal(result.Timetable is null, result.Problems.Count > 0);
        return result.Problems;
    }
}
