using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Runner;
using static OpsConsole.Data.Schedules.OccurrenceState;
using static OpsConsole.Tests.Web.Schedules.Runner.Plans;

namespace OpsConsole.Tests.Web.Schedules.Runner;

/// <summary>Nobody ran the schedules for two hours; the one in question runs every minute, and its grace is one minute.</summary>
public class OutageTests
{
    private static readonly DateTimeOffset Back = Noon.AddHours(2).AddSeconds(30);

    // From 12:00 to 14:00 there are 121 moments; that of 14:00 is in time.
    [Theory]
    [InlineData(CatchUpMode.Skip, 3600, 100, 120, 1)]
    [InlineData(CatchUpMode.Latest, 3600, 100, 119, 2)]
    [InlineData(CatchUpMode.Latest, 86_400, 100, 119, 2)]
    [InlineData(CatchUpMode.Latest, 80, 100, 120, 1)]
    [InlineData(CatchUpMode.All, 3600, 100, 61, 60)]
    [InlineData(CatchUpMode.All, 3600, 10, 110, 11)]
    [InlineData(CatchUpMode.All, 86_400, 1_000, 0, 121)]
    [InlineData(CatchUpMode.All, 600, 100, 111, 10)]
    public void So_many_are_missed_and_so_many_are_run(CatchUpMode mode, int window, int limit, int missed, int run)
    {
        var decision = FirePolicy.Decide(Every(60, with: plan => plan with { Overlap = OverlapPolicy.AllowAll, CatchUp = new CatchUp { Mode = mode, WindowSeconds = window, Limit = limit } }), Back);

        Assert.Equal((missed, run), (decision.Counts().GetValueOrDefault(Missed), decision.Counts()[Pending]));
        Assert.Equal((121, (long)run), (decision.Occurrences.Count, decision.Runs));
        Assert.Equal(Noon.AddHours(2).AddMinutes(1), decision.Next!.Value.NominalAt);
        Assert.Equal(decision.Occurrences.OrderBy(row => row.NominalAt), decision.Occurrences);
    }

    // What is caught up and what is in time, by what the schedule does when its jobs overlap.
    [Theory]
    [InlineData(OverlapPolicy.AllowAll, 60, 0, 0, 61)]
    [InlineData(OverlapPolicy.Skip, 1, 58, 1, 61)]
    [InlineData(OverlapPolicy.BufferOne, 1, 58, 1, 61)]
    [InlineData(OverlapPolicy.BufferAll, 1, 59, 0, 61)]
    [InlineData(OverlapPolicy.CancelOther, 1, 1, 0, 119)]
    public void All_that_are_caught_up_follow_each_other_unless_they_may_overlap(OverlapPolicy overlap, int pending, int buffered, int skipped, int missed)
    {
        var decision = FirePolicy.Decide(Every(60, with: plan => plan with { Overlap = overlap, CatchUp = new CatchUp { Mode = CatchUpMode.All } }), Back);

        var counts = decision.Counts();
        Assert.Equal((pending, buffered, skipped, missed), (counts.GetValueOrDefault(Pending), counts.GetValueOrDefault(Buffered), counts.GetValueOrDefault(Skipped), counts.GetValueOrDefault(Missed)));
        Assert.Equal(overlap == OverlapPolicy.AllowAll, decision.IsPaced);
    }

    [Fact]
    public void What_is_caught_up_says_so()
    {
        var decision = FirePolicy.Decide(Every(3600, with: plan => plan with { CatchUp = new CatchUp { Mode = CatchUpMode.Latest, WindowSeconds = 7200 } }), Noon.AddMinutes(30));

        Assert.Equal("Nobody fired it in time: it was 30 min 00 s overdue. It is caught up.", Assert.Single(decision.Occurrences).Cause);
    }

    [Fact]
    public void A_month_of_seconds_is_a_bounded_number_of_rows_and_of_steps()
    {
        var seconds = new EverySeconds(1);
        var entry = Every(1, with: plan => plan with { Moments = seconds });

        var decision = FirePolicy.Decide(entry, Noon.AddDays(30));

        Assert.InRange(decision.Counts()[Missed], 1, FirePolicy.MostRows);
        Assert.InRange(seconds.Asked, 1, 3 * DueMoments.Counted);
        Assert.Contains("Stands for more than 10,000 moments, until 2026-12-20 11:43:", decision.Occurrences[0].Cause);
        Assert.Equal((Noon, Noon.AddDays(30).AddSeconds(1)), (decision.Occurrences[0].NominalAt, decision.Next!.Value.NominalAt));
    }

    [Fact]
    public void The_oldest_row_counts_what_it_stands_for()
    {
        var decision = FirePolicy.Decide(Every(1), Noon.AddSeconds(4_999));

        var missed = decision.Occurrences.Where(row => row.State == Missed).ToList();
        // 5,000 moments, of which the last 61 are in time.
        Assert.Equal(940, missed.Count);
        Assert.Contains("Stands for 4,000 moments, until 2026-11-20 13:06:39 UTC.", missed[0].Cause);
        Assert.DoesNotContain("Stands for", missed[1].Cause);
    }

    [Fact]
    public void Fewer_rows_are_written_where_many_schedules_are_behind()
    {
        var decision = FirePolicy.Decide(Every(60), Back, most: 10);

        Assert.Equal(10, decision.Counts()[Missed]);
        Assert.Contains("Stands for 111 moments, until 2026-11-20 13:50:00 UTC.", decision.Occurrences[0].Cause);
        Assert.Equal("13:51:00", decision.Of(Missed)[1]);
    }

    [Fact]
    public void A_burst_long_ago_is_found_for_the_latest_to_be_caught_up()
    {
        // One moment a second for four hours, then none until the next day.
        var burst = new These([.. Enumerable.Range(0, 14_400).Select(second => Noon.AddSeconds(second)), Noon.AddDays(1)]);
        var entry = Every(1, with: plan => plan with { Moments = burst, CatchUp = new CatchUp { Mode = CatchUpMode.Latest, WindowSeconds = 86_400 } });

        var decision = FirePolicy.Decide(entry, Noon.AddHours(14));

        Assert.Equal(["15:59:59"], decision.Of(Pending));
        Assert.Equal(Noon.AddDays(1), decision.Next!.Value.NominalAt);
    }

    [Fact]
    public void Nothing_is_caught_up_while_the_schedule_is_paused()
    {
        var entry = Every(60, with: plan => plan with { CatchUp = new CatchUp { Mode = CatchUpMode.All } });
        entry.Pause = new RunnerPause(Noon.AddHours(1), "Ada", null);

        var decision = FirePolicy.Decide(entry, Back);

        Assert.Equal((60, 61), (decision.Counts()[Missed], decision.Counts()[Paused]));
        Assert.Contains("not caught up while the schedule is paused", decision.Occurrences[0].Cause);
        Assert.Equal("Paused by Ada.", decision.Occurrences[^1].Cause);
    }

    [Fact]
    public void What_fell_into_a_pause_that_has_ended_is_not_missed_and_not_caught_up()
    {
        var entry = Every(60, with: plan => plan with { Overlap = OverlapPolicy.AllowAll, CatchUp = new CatchUp { Mode = CatchUpMode.All, WindowSeconds = 86_400, Limit = 1_000 } });
        entry.Pause = new RunnerPause(Noon, "Ada", Noon.AddHours(1));

        var decision = FirePolicy.Decide(entry, Back);

        Assert.Equal((60, 61), (decision.Counts()[Paused], decision.Counts()[Pending]));
    }

    [Fact]
    public void A_pause_is_recorded_once_a_minute()
    {
        var entry = Every(1);
        entry.Pause = new RunnerPause(Noon.AddSeconds(-5), "Ada", null);
        var rows = new List<Occurrence>();
        for (var second = 0; second < 150; second++)
        {
            var decision = FirePolicy.Decide(entry, Noon.AddSeconds(second));
            rows.AddRange(decision.Occurrences);
            entry.Advance(decision);
        }

        Assert.Equal(["12:00", "12:01", "12:02"], rows.Select(row => row.NominalAt.ToString("HH:mm", null)));
        Assert.All(rows, row => Assert.Equal("Paused by Ada. Stands for every moment of this minute.", row.Cause));
        Assert.Equal(Noon.AddSeconds(150), entry.Next!.Value.NominalAt);
    }
}
