using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Recurrence;

namespace OpsConsole.Tests.Web.Schedules.Recurrence;

/// <summary>What holds for every timing, tried on many.</summary>
public class TimetablePropertyTests
{
    private const int Timings = 400;

    private static readonly DateTimeOffset From = Timetables.At("2026-12-30");

    [Fact]
    public void Next_goes_strictly_forward_and_Between_finds_the_same_moments() => ForEach((_, timetable) =>
    {
        var chain = Chain(timetable, From, 60);

        Assert.Equal(chain.OrderBy(moment => moment.NominalAt).DistinctBy(moment => moment.NominalAt), chain);
        if (chain.Count == 0)
            return;
        Assert.Equal(chain, timetable.Between(From.AddTicks(1), chain[^1].NominalAt.AddTicks(1), 1_000));
        Assert.Equal(chain.SkipLast(1), timetable.Between(chain[0].NominalAt, chain[^1].NominalAt, 1_000));
        Assert.Equal(chain.Count - 1, timetable.Count(chain[0].NominalAt, chain[^1].NominalAt, 1_000));
        Assert.Equal(chain.Take(5), timetable.Between(chain[0].NominalAt, DateTimeOffset.MaxValue, 5));
    });

    [Fact]
    public void From_any_instant_between_two_moments_the_later_one_is_next()
    {
        var random = new Random(5);
        ForEach((_, timetable) =>
        {
            var chain = Chain(timetable, From, 20);
            foreach (var (one, next) in chain.Zip(chain.Skip(1)))
            {
                var distance = (next.NominalAt - one.NominalAt).Ticks;
                Assert.Equal(next, timetable.Next(one.NominalAt.AddTicks(random.NextInt64(distance))));
                Assert.Equal(next, timetable.Next(next.NominalAt.AddTicks(-1).ToOffset(TimeSpan.FromHours(9))));
            }
        });
    }

    [Fact]
    public void Jitter_is_the_same_each_time_stays_in_its_bounds_and_never_reaches_the_next_moment()
    {
        var random = new Random(6);
        ForEach((timing, timetable) =>
        {
            var id = new Guid(random.Next(), 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]);
            var chain = Chain(timetable, From, 30);
            foreach (var (one, next) in chain.Zip(chain.Skip(1)))
            {
                var due = timetable.Due(id, one);
                Assert.InRange((due - one.NominalAt).TotalSeconds, 0, timing.JitterSeconds);
                Assert.True(due < next.NominalAt, $"{due:O} reaches {next.NominalAt:O}");
                Assert.Equal(due, timetable.Due(id, one));
            }
        });
    }

    [Fact]
    public void Every_moment_lies_inside_the_bounds_and_outside_of_the_exclusions() => ForEach((timing, timetable) =>
    {
        foreach (var moment in Chain(timetable, From, 60))
        {
            var local = TimeZoneInfo.ConvertTime(moment.NominalAt, timetable.TimeZone).DateTime;
            Assert.DoesNotContain(timing.ExceptRanges, range => local >= range.From && local < range.To);
            Assert.False(timing.ExceptCalendars.Count > 0 && RandomTiming.Calendars[RandomTiming.Calendar].Contains(DateOnly.FromDateTime(local)));
            Assert.True((timing.Start is null || local >= timing.Start) && (timing.End is null || local <= timing.End), $"{local} is out of bounds");
            Assert.Equal(moment.Clocks == ClockChange.Moved, local != moment.Planned);
        }
    });

    [Fact]
    public void Several_rules_with_exclusions_are_found_by_a_walk_through_a_year_too()
    {
        var random = new RandomTiming(9);
        for (var count = 0; count < 40; count++)
        {
            var (timing, timetable) = random.Next();
            if (timing.Cron.Any(line => line.Split(' ').Length == 6) || timing.Every.Count + timing.At.Count > 0 || timing.TimeZone == "Pacific/Apia")
                continue;
            var days = timing.ExceptCalendars.Count > 0 ? RandomTiming.Calendars[RandomTiming.Calendar] : null;
            var rules = timing.Cron.Select(line => new NaiveRule(line, timing, days)).ToList();
            var bare = Timetables.Of(timing with { Start = null, End = null }, RandomTiming.Calendars);
            var clock = new NaiveClock(timing.TimeZone, new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2028, 1, 1, 0, 0, 0, DateTimeKind.Utc), 60);
            var walked = clock.Walk().Where(tick => rules.Exists(rule => rule.Fires(tick, 60))).Select(tick => new DateTime(tick.Utc * TimeSpan.TicksPerSecond)).ToList();

            Assert.Equal(walked, bare.Between(Timetables.At("2027-01-01"), Timetables.At("2028-01-01"), 600_000).Select(moment => moment.NominalAt.DateTime));
        }
    }

    [Fact]
    public void The_last_moment_has_none_after_it() => ForEach((_, timetable) =>
    {
        if (timetable.Last() is { } last)
            Assert.Null(timetable.Next(last.NominalAt));
    });

    private static void ForEach(Action<ScheduleTiming, Timetable> check)
    {
        var random = new RandomTiming(4);
        for (var count = 0; count < Timings; count++)
        {
            var (timing, timetable) = random.Next();
            check(timing, timetable);
        }
    }

    private static List<PlannedMoment> Chain(Timetable timetable, DateTimeOffset after, int limit)
    {
        var chain = new List<PlannedMoment>();
        for (var next = timetable.Next(after); next is { } moment && chain.Count < limit; next = timetable.Next(moment.NominalAt))
            chain.Add(moment);
        return chain;
    }
}
