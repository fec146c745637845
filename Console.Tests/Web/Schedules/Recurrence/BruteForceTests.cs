using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Recurrence;

/// <summary>Twenty years, minute by minute, in five zones, against a second reading of the same rules that only ever looks at one moment.</summary>
public class BruteForceTests
{
    private const int RandomLines = 60;

    private static readonly string[] Lines =
    [
        "30 2 * * *", "0 2 * * *", "15 2 * * SUN", "0 0 * * *", "30 0 * * *", "59 23 * * *", "45 1 * * *", "0 3 * * *",
        "*/20 1-3 * * SUN", "0 */4 * * *", "0 * * * *", "50 * 25-31 3,10 *", "0 0 1 1 *", "0 0 29 2 *", "0 12 L * *", "0 12 LW * *",
        "0 12 15W * *", "0 12 1W * *", "30 2 * * 7L", "30 2 ? * SUN#2", "0 0 13 * FRI", "5,35 22-2 * * MON-FRI", "30 2 31 * *", "0 6 * * 5-1",
    ];

    [Theory]
    [InlineData("Europe/Berlin", 1)]
    [InlineData("America/New_York", 2)]
    [InlineData("Australia/Lord_Howe", 3)]
    [InlineData("Asia/Beirut", 4)]
    [InlineData("Africa/Casablanca", 5)]
    public void Every_moment_of_twenty_years_is_the_one_that_a_walk_minute_by_minute_finds(string zone, int seed)
    {
        var clock = new NaiveClock(zone, new DateTime(2017, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2037, 1, 1, 0, 0, 0, DateTimeKind.Utc), 60);
        var random = new RandomCron(seed);
        var lines = Lines.Concat(Enumerable.Range(0, RandomLines * 2).Select(_ => random.Rare()).Where(line => CronExpression.Parse(line).Fault is null).Take(RandomLines));

        Compare.Walk(clock, [.. lines.Select((line, index) => new Compare(Timing(zone, line, index)))]);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2027-03-27", 11)]
    [InlineData("Europe/Berlin", "2027-10-30", 12)]
    [InlineData("Australia/Lord_Howe", "2027-10-02", 13)]
    [InlineData("Australia/Lord_Howe", "2027-04-03", 14)]
    [InlineData("Asia/Beirut", "2027-03-27", 15)]
    [InlineData("Africa/Casablanca", "2027-02-06", 16)]
    public void Lines_with_seconds_hold_second_by_second_around_a_change_of_the_clocks(string zone, string day, int seed)
    {
        var from = DateTime.SpecifyKind(DateTime.Parse(day, null), DateTimeKind.Utc);
        var random = new RandomCron(seed);
        var lines = Enumerable.Range(0, 300).Select(_ => random.Any()).Where(line => CronExpression.Parse(line).Fault is null).Take(60);

        Compare.Walk(new NaiveClock(zone, from, from.AddDays(2), 1), [.. lines.Select((line, index) => new Compare(Timing(zone, line, index)))]);
    }

    /// <summary>Every line meets every rule for missing and repeated times in some zone.</summary>
    private static ScheduleTiming Timing(string zone, string line, int index) => new()
    {
        TimeZone = zone,
        Cron = [line],
        SkippedTime = (index + zone.Length) % 3 == 0 ? SkippedTime.Skip : SkippedTime.Move,
        RepeatedTime = (index + zone.Length) % 2 == 0 ? RepeatedTime.Twice : RepeatedTime.Once,
    };

    private sealed class Compare
    {
        private readonly ScheduleTiming timing;
        private readonly Timetable timetable;
        private readonly NaiveRule rule;
        private long next;

        public Compare(ScheduleTiming timing)
        {
            this.timing = timing;
            timetable = Timetables.Of(timing);
            rule = new NaiveRule(timing.Cron[0], timing);
        }

        public static void Walk(NaiveClock clock, Compare[] all)
        {
            // On an ordinary tick only the lines of that time of day are asked; where the clock jumps, all of them.
            var ofTime = Enumerable.Range(0, 86_400 / clock.Step).Select(time => all.Where(one => one.rule.FitsTime(time * clock.Step)).ToArray()).ToArray();
            var last = default(Tick);
            foreach (var tick in clock.Walk())
            {
                if (last == default)
                    Array.ForEach(all, one => one.next = one.NextAfter(tick.Utc - 1));
                foreach (var one in tick.Local == tick.Previous + clock.Step ? ofTime[tick.Local % 86_400 / clock.Step] : all)
                    one.At(tick, clock.Step);
                last = tick;
            }
            Assert.All(all, one => Assert.True(one.next > last.Utc, one.Says("is not found by the walk")));
        }

        private void At(in Tick tick, int step)
        {
            if (!rule.Fires(tick, step))
                return;
            if (next != tick.Utc)
                Assert.Fail(Says($"differs from {new DateTime(tick.Utc * TimeSpan.TicksPerSecond):u} of the walk"));
            next = NextAfter(next);
        }

        private long NextAfter(long utc) =>
            timetable.Next(new DateTimeOffset(utc * TimeSpan.TicksPerSecond, TimeSpan.Zero))?.NominalAt.Ticks / TimeSpan.TicksPerSecond ?? long.MaxValue;

        private string Says(string what) =>
            $"\"{timing.Cron[0]}\" in {timing.TimeZone} ({timing.SkippedTime}, {timing.RepeatedTime}): {new DateTime(Math.Min(next, DateTime.MaxValue.Ticks / TimeSpan.TicksPerSecond) * TimeSpan.TicksPerSecond):u} {what}";
    }
}
