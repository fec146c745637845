using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Recurrence;

public class TimetableTests
{
    [Fact]
    public void Several_lines_intervals_and_one_off_moments_make_one_timetable_without_doubles() =>
        Assert.Equal(
            ["2027-01-01 00:00", "2027-01-01 06:00", "2027-01-01 07:30", "2027-01-01 12:00", "2027-01-01 18:00"],
            Timetables.Of(new ScheduleTiming { Cron = ["0 0 * * *", "0 12 * * *"], Every = [new(21_600)], At = [new(2027, 1, 1, 7, 30, 0), new(2027, 1, 1, 12, 0, 0)] })
                .Utc("2027-01-01", "2027-01-02"));

    [Fact]
    public void An_interval_counts_elapsed_time_from_the_epoch_and_a_change_of_the_clocks_is_nothing_to_it() =>
        Assert.Equal(
            ["2027-03-27 22:40", "2027-03-28 00:10", "2027-03-28 01:40", "2027-03-28 03:10", "2027-03-28 04:40"],
            Timetables.Of(new ScheduleTiming { TimeZone = "Europe/Berlin", Every = [new(5_400, 600)] }).Utc("2027-03-27 22:00", "2027-03-28 05:00"));

    [Fact]
    public void Start_and_end_are_local_and_both_included() =>
        Assert.Equal(
            ["2027-06-01 07:00", "2027-06-02 07:00", "2027-06-03 07:00"],
            Timetables.Of(new ScheduleTiming { TimeZone = "Europe/Berlin", Cron = ["0 9 * * *"], Start = new(2027, 6, 1, 9, 0, 0), End = new(2027, 6, 3, 9, 0, 0) })
                .Utc("2020-01-01", "2030-01-01"));

    [Fact]
    public void An_end_inside_a_repeated_hour_is_its_second_time() =>
        Assert.Equal(
            ["2027-10-31 00:30", "2027-10-31 01:30"],
            Timetables.Of(new ScheduleTiming { TimeZone = "Europe/Berlin", Cron = ["30 * * * *"], Start = new(2027, 10, 31, 2, 0, 0), End = new(2027, 10, 31, 2, 30, 0) })
                .Utc("2027-10-01", "2027-12-01"));

    [Fact]
    public void An_excluded_range_ends_before_its_end() =>
        Assert.Equal(
            ["2027-06-01 00:00", "2027-06-01 04:00"],
            Timetables.Of(new ScheduleTiming { Cron = ["0 * * * *"], ExceptRanges = [new(new(2027, 6, 1, 1, 0, 0), new(2027, 6, 1, 4, 0, 0))] })
                .Utc("2027-06-01", "2027-06-01 05:00"));

    [Fact]
    public void A_moved_moment_is_excluded_by_the_time_that_was_meant_as_well()
    {
        var timing = new ScheduleTiming { TimeZone = "Europe/Berlin", Cron = ["30 2 * * *"] };

        Assert.Empty(Timetables.Of(timing with { ExceptRanges = [new(new(2027, 3, 28, 2, 0, 0), new(2027, 3, 28, 3, 0, 0))] }).Utc("2027-03-28", "2027-03-29"));
        Assert.Empty(Timetables.Of(timing with { ExceptRanges = [new(new(2027, 3, 28, 3, 0, 0), new(2027, 3, 28, 4, 0, 0))] }).Utc("2027-03-28", "2027-03-29"));
    }

    [Fact]
    public void Calendars_exclude_days_of_the_schedules_own_zone()
    {
        var calendars = new Dictionary<string, IReadOnlySet<DateOnly>> { ["Holidays"] = new HashSet<DateOnly> { new(2027, 12, 25) } };

        Assert.Equal(
            ["2027-12-24 10:00", "2027-12-25 11:00"],
            Timetables.Of(new ScheduleTiming { TimeZone = "Pacific/Auckland", Cron = ["0 23 * * *", "0 0 * * *"], ExceptCalendars = ["Holidays"] }, calendars)
                .Utc("2027-12-23 12:00", "2027-12-25 11:01").Except(["2027-12-25 10:00"]).Take(2));
        Assert.Empty(Timetables.Of(new ScheduleTiming { Cron = ["0 * 25 12 *"], Start = new(2027, 1, 1), ExceptCalendars = ["Holidays"] }, calendars).Utc("2027-01-01", "2028-01-01"));
    }

    [Fact]
    public void Years_of_excluded_seconds_are_stepped_over_at_once() =>
        Assert.Equal(
            "2037-01-01 00:00",
            Timetables.Of(new ScheduleTiming { Cron = ["* * * * * *"], ExceptRanges = [new(new(2027, 1, 1), new(2037, 1, 1))] })
                .Next(Timetables.At("2027-01-01"))?.NominalAt.ToString("yyyy-MM-dd HH:mm", null));

    [Fact]
    public void Nothing_is_left_after_the_end_of_all_time()
    {
        Assert.Null(Timetables.Of("UTC", "* * * * *").Next(DateTimeOffset.MaxValue));
        Assert.Null(Timetables.Of("Pacific/Auckland", "@yearly").Next(DateTimeOffset.MaxValue.AddDays(-1)));
        Assert.NotNull(Timetables.Of("America/New_York", "@yearly").Next(DateTimeOffset.MinValue));
    }

    [Fact]
    public void Jitter_spreads_schedules_over_its_whole_length()
    {
        var timetable = Timetables.Of(new ScheduleTiming { Cron = ["0 0 * * *"], JitterSeconds = 600 });
        var moment = timetable.Next(Timetables.At("2027-01-01"))!.Value;
        var seconds = Enumerable.Range(0, 2_000).Select(id => (timetable.Due(new Guid(id, 0, 0, new byte[8]), moment) - moment.NominalAt).TotalSeconds).ToList();

        Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(seconds.Count(second => second >= tenth * 60 && second < tenth * 60 + 60), 140, 260));
    }

    [Fact]
    public void Jitter_does_not_reach_over_the_moment_that_a_change_of_the_clocks_brings_near()
    {
        var timetable = Timetables.Of(new ScheduleTiming { TimeZone = "Europe/Berlin", Cron = ["30 2,3 * * *"], JitterSeconds = 3_600 });
        var moved = timetable.Next(Timetables.At("2027-03-28 00:00"))!.Value;

        Assert.Equal(Timetables.At("2027-03-28 01:30"), timetable.Next(moved.NominalAt)!.Value.NominalAt);
        Assert.All(Enumerable.Range(0, 500), id => Assert.True(timetable.Due(new Guid(id, 0, 0, new byte[8]), moved) < Timetables.At("2027-03-28 01:30")));
    }
}
