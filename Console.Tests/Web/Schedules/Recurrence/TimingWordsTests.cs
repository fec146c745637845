using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Recurrence;

public class TimingWordsTests
{
    [Theory]
    [InlineData("0 */4 * * *", "Every 4 hours at minute 0")]
    [InlineData("5 */4 * * *", "Every 4 hours at minute 5")]
    [InlineData("0 2 * * *", "Every day at 02:00")]
    [InlineData("0 * * * *", "Every hour at minute 0")]
    [InlineData("0 1 * * 0", "At 01:00 on Sundays")]
    [InlineData("0 9 * * 1", "At 09:00 on Mondays")]
    [InlineData("*/30 * * * *", "Every 30 minutes")]
    [InlineData("*/5 * * * *", "Every 5 minutes")]
    [InlineData("* * * * *", "Every minute")]
    [InlineData("@daily", "Every day at 00:00")]
    [InlineData("@weekly", "At 00:00 on Sundays")]
    [InlineData("@monthly", "At 00:00 on day 1 of the month")]
    [InlineData("@yearly", "At 00:00 on 1 January")]
    [InlineData("@hourly", "Every hour at minute 0")]
    [InlineData("*/7 * * * *", "At minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour")]
    [InlineData("0 */5 * * *", "Every day at 00:00, 05:00, 10:00, 15:00 and 20:00")]
    [InlineData("0 */7 * * *", "Every day at 00:00, 07:00, 14:00 and 21:00")]
    [InlineData("0 9-17 * * MON-FRI", "Every hour from 09:00 to 17:00 on Mondays to Fridays")]
    [InlineData("*/15 9-17 * * MON-FRI", "Every 15 minutes from 09:00 to 17:45 on Mondays to Fridays")]
    [InlineData("*/5 22-2 * * *", "Every 5 minutes from 00:00 to 02:55 and from 22:00 to 23:55")]
    [InlineData("30 22-2 * * *", "Every day at 00:30, 01:30, 02:30, 22:30 and 23:30")]
    [InlineData("0 0,12 * * *", "Every day at 00:00 and 12:00")]
    [InlineData("0,30 */12 * * *", "Every day at 00:00, 00:30, 12:00 and 12:30")]
    [InlineData("15,45 8,17 * * *", "Every day at 08:15, 08:45, 17:15 and 17:45")]
    [InlineData("0 0 L * *", "At 00:00 on the last day of the month")]
    [InlineData("0 0 LW * *", "At 00:00 on the last weekday (Monday to Friday) of the month")]
    [InlineData("0 0 L-3 * *", "At 00:00 on the 3rd day before the last day of the month")]
    [InlineData("0 0 L-1 * ?", "At 00:00 on the day before the last day of the month")]
    [InlineData("0 0 15W * *", "At 00:00 on the weekday (Monday to Friday) nearest to day 15 of the month")]
    [InlineData("0 0 31W * *", "At 00:00 on the weekday (Monday to Friday) nearest to day 31 of the month (where the month has it)")]
    [InlineData("0 0 L-2W * *", "At 00:00 on the weekday (Monday to Friday) nearest to the 2nd day before the last day of the month")]
    [InlineData("0 0 * * 5L", "At 00:00 on the last Friday of the month")]
    [InlineData("0 0 * * MON#2", "At 00:00 on the second Monday of the month")]
    [InlineData("0 0 * * MON#5", "At 00:00 on the fifth Monday of the month (where the month has one)")]
    [InlineData("0 0 13 * FRI", "At 00:00 on day 13 of the month, and also on Fridays")]
    [InlineData("0 0 13 3 FRI", "At 00:00 on day 13 of the month, and also on Fridays, both in March")]
    [InlineData("0 0 1,15 * *", "At 00:00 on days 1 and 15 of the month")]
    [InlineData("0 0 */2 * *", "At 00:00 on every 2nd day from day 1 to day 31 of the month (where the month has it)")]
    [InlineData("0 0 1-7 * *", "At 00:00 on days 1 to 7 of the month")]
    [InlineData("0 0 31 * *", "At 00:00 on day 31 of the month (where the month has it)")]
    [InlineData("0 0 29 2 *", "At 00:00 on 29 February (in leap years)")]
    [InlineData("0 0 25 12 *", "At 00:00 on 25 December")]
    [InlineData("0 6 * 11-2 *", "Every day in January, February, November and December at 06:00")]
    [InlineData("0 6 * 1-3,7 SAT,SUN", "At 06:00 on Saturdays and Sundays in January to March and July")]
    [InlineData("0 6 * * FRI-MON", "At 06:00 on Fridays to Mondays")]
    [InlineData("0 6 * * 1,2,3,4,5,6,0", "At 06:00 on every day of the week")]
    [InlineData("0 6 * * MON-WED,FRI", "At 06:00 on Mondays, Tuesdays, Wednesdays and Fridays")]
    [InlineData("0 0 1-31 * MON", "At 00:00 on every day of the month, and also on Mondays")]
    [InlineData("*/10 * * * * *", "Every 10 seconds")]
    [InlineData("* * * * * *", "Every second")]
    [InlineData("30 */5 * * * *", "Every 5 minutes at second 30")]
    [InlineData("30 15 9 * * *", "Every day at 09:15:30")]
    [InlineData("30 0 9-17 * * *", "Every hour from 09:00:30 to 17:00:30")]
    [InlineData("0,30 0 9 * * *", "Every day at 09:00:00 and 09:00:30")]
    [InlineData("5-9 * * * * *", "At seconds 5 to 9 of every minute")]
    [InlineData("*/10 */5 9-17 * * MON-FRI", "Every 10 seconds of every 5th minute from minute 0 to minute 55 of the hours 9 to 17 on Mondays to Fridays")]
    [InlineData("0,10,50 * * * * *", "At seconds 0, 10 and 50 of every minute")]
    [InlineData("* 5 4 * * *", "Every second of minute 5 of hour 4")]
    [InlineData("0 30 */1 * * *", "Every hour at minute 30")]
    [InlineData("7,22,41 3,5,9,13 * * *", "At minutes 7, 22 and 41 of the hours 3, 5, 9 and 13")]
    [InlineData("*/20 1,3,5,7 * * *", "Every 20 minutes of the hours 1, 3, 5 and 7")]
    [InlineData("0 1-23/2 * * *", "Every 2 hours from 01:00 to 23:00")]
    [InlineData("0 0 1,15W,L * MON,5L", "At 00:00 on day 1 of the month, on the weekday (Monday to Friday) nearest to day 15 of the month and on the last day of the month, and also on Mondays and on the last Friday of the month")]
    [InlineData("0 0 1 1,4,7,10 *", "At 00:00 on day 1 of the month in January, April, July and October")]
    [InlineData("0 0 * 2 *", "Every day in February at 00:00")]
    [InlineData("1-59/2 * * * *", "Every 2nd minute from minute 1 to minute 59 of every hour")]
    [InlineData("0 3,4 * * *", "Every day at 03:00 and 04:00")]
    [InlineData("0 0-22 * * *", "Every hour from 00:00 to 22:00")]
    [InlineData("* 9 * * *", "Every minute from 09:00 to 09:59")]
    public void A_cron_line_is_said_in_words(string line, string words) => Assert.Equal(words, TimingWords.DescribeCron(line));

    [Fact]
    public void Lines_that_are_said_in_the_same_words_run_at_the_same_moments()
    {
        var random = new RandomCron(7);
        var lines = Enumerable.Range(0, 30_000).Select(_ => random.Any()).Concat(Enumerable.Range(0, 30_000).Select(_ => random.Rare()));
        var said = new Dictionary<string, string>();
        var shared = 0;
        foreach (var line in lines.Distinct())
        {
            if (TimingWords.DescribeCron(line) is not { } words || said.TryAdd(words, line))
                continue;
            shared++;
            Assert.True(Moments(said[words]).SequenceEqual(Moments(line)), $"\"{line}\" and \"{said[words]}\" are both said to run: {words}");
        }
        Assert.True(shared > 1_000, $"only {shared} lines shared their words with another one");
    }

    private static IEnumerable<PlannedMoment> Moments(string line) => Timetables.Of("UTC", line).Between(Timetables.At("2027-12-31 12:00"), DateTimeOffset.MaxValue, 400);

    [Fact]
    public void A_cron_line_with_a_fault_has_no_words() => Assert.Null(TimingWords.DescribeCron("0 24 * * *"));

    [Fact]
    public void A_timing_names_its_zone() =>
        Assert.Equal("Every 4 hours at minute 0, Europe/Paris", Words(new() { Cron = ["0 */4 * * *"], TimeZone = "Europe/Paris" }));

    [Fact]
    public void All_rules_stand_in_one_sentence() =>
        Assert.Equal(
            "Every 5 minutes; at 00:00 on Sundays; every 90 minutes, counted from 00:10 UTC; once on 2027-03-01 at 12:30, UTC",
            Words(new() { Cron = ["*/5 * * * *", "@weekly"], Every = [new(5_400, 600)], At = [new(2027, 3, 1, 12, 30, 0)] }));

    [Theory]
    [InlineData(1, 0, "Every second")]
    [InlineData(60, 0, "Every minute")]
    [InlineData(900, 0, "Every 15 minutes")]
    [InlineData(900, 300, "Every 15 minutes, counted from 00:05 UTC")]
    [InlineData(21_600, 0, "Every 6 hours, counted from 00:00 UTC")]
    [InlineData(86_400, 7_200, "Every day, counted from 02:00 UTC")]
    [InlineData(5_400, 0, "Every 90 minutes, counted from 00:00 UTC")]
    [InlineData(604_800, 345_600, "Every 7 days, counted from 1970-01-05 00:00 UTC")]
    [InlineData(25_200, 3_600, "Every 7 hours, counted from 1970-01-01 01:00 UTC")]
    public void An_interval_says_from_where_it_counts_and_needs_no_zone(int seconds, int phase, string words) =>
        Assert.Equal(words, Words(new() { Every = [new(seconds, phase)] }));

    [Fact]
    public void What_limits_a_timing_stands_in_sentences_of_its_own() =>
        Assert.Equal(
            "Every day at 02:30, Europe/Berlin. Not from 2027-12-24 00:00 until before 2027-12-27 00:00 and on the days of the calendar Holidays. "
            + "Only from 2027-01-01 00:00 to 2027-12-31 23:59:59, both included. Each run is put off by up to 90 seconds. "
            + "A local time that does not exist is left out. A local time that comes twice runs twice.",
            Words(new()
            {
                TimeZone = "Europe/Berlin",
                Cron = ["30 2 * * *"],
                ExceptRanges = [new(new(2027, 12, 24), new(2027, 12, 27))],
                ExceptCalendars = ["Holidays"],
                Start = new(2027, 1, 1),
                End = new(2027, 12, 31, 23, 59, 59),
                JitterSeconds = 90,
                SkippedTime = SkippedTime.Skip,
                RepeatedTime = RepeatedTime.Twice,
            }));

    [Fact]
    public void Rules_about_missing_local_times_are_not_mentioned_where_they_do_not_matter() =>
        Assert.Equal("Every 5 minutes, UTC", Words(new() { Cron = ["*/5 * * * *"], SkippedTime = SkippedTime.Skip, RepeatedTime = RepeatedTime.Twice }));

    [Fact]
    public void Long_lists_are_cut_with_their_count()
    {
        Assert.EndsWith("; every hour at minute 6; and by 23 more rules, UTC", Words(new() { Cron = [.. Enumerable.Range(0, 30).Select(minute => $"{minute} * * * *")] }), StringComparison.Ordinal);
        Assert.Equal(
            "At 1,000 single moments from 2027-01-01 00:00 to 2029-09-26 00:00, UTC",
            Words(new() { At = [.. Enumerable.Range(0, 1_000).Select(day => new DateTime(2027, 1, 1).AddDays(day))] }));
    }

    [Fact]
    public void A_timing_with_faults_is_described_as_far_as_it_is_understood()
    {
        Assert.Equal("Nothing says when it runs", Words(new()));
        Assert.Equal("Every hour at minute 0; cron line 2 is not understood, UTC", Words(new() { Cron = ["0 * * * *", "0 24 * * *"] }));
    }

    private static string Words(ScheduleTiming timing) => TimingWords.Describe(timing);
}
