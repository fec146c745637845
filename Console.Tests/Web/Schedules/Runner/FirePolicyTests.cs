using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Runner;
using static OpsConsole.Data.Schedules.OccurrenceState;
using static OpsConsole.Tests.Web.Schedules.Runner.Plans;

namespace OpsConsole.Tests.Web.Schedules.Runner;

public class FirePolicyTests
{
    [Fact]
    public void A_moment_in_time_is_run_and_the_cursor_moves_to_the_next_one()
    {
        var decision = FirePolicy.Decide(Every(60), Noon.AddMilliseconds(3));

        var row = Assert.Single(decision.Occurrences);
        Assert.Equal((Pending, Noon, 3, true, null), (row.State, row.NominalAt, row.Version, row.IsOpen, row.Cause));
        Assert.Equal((Noon.AddMinutes(1), 1L, false), (decision.Next!.Value.NominalAt, decision.Runs, decision.IsPaced));
    }

    [Fact]
    public void Nothing_is_decided_before_a_moment_is_due()
    {
        var decision = FirePolicy.Decide(Every(60, jitter: 10), Noon.AddSeconds(9));

        Assert.Empty(decision.Occurrences);
        Assert.Equal(Noon.AddSeconds(10), decision.Next!.Value.DueAt);
    }

    [Theory]
    [InlineData(60, Pending)]
    [InlineData(60.001, Missed)]
    public void A_moment_is_missed_when_it_is_overdue_by_more_than_the_grace(double secondsLate, OccurrenceState state)
    {
        var decision = FirePolicy.Decide(Every(3600), Noon.AddSeconds(secondsLate));

        Assert.Equal(state, Assert.Single(decision.Occurrences).State);
        Assert.Equal(state == Pending ? 1 : 0, decision.Runs);
    }

    [Fact]
    public void The_grace_counts_from_the_moment_with_its_jitter()
    {
        var decision = FirePolicy.Decide(Every(3600, jitter: 100), Noon.AddSeconds(155));

        Assert.Equal([Pending], decision.Occurrences.Select(row => row.State));
    }

    [Fact]
    public void Several_moments_within_the_grace_are_all_in_time()
    {
        var decision = FirePolicy.Decide(Every(10, with: plan => plan with { Overlap = OverlapPolicy.AllowAll }), Noon.AddSeconds(35));

        Assert.Equal(["12:00:00", "12:00:10", "12:00:20", "12:00:30"], decision.Of(Pending));
        Assert.Equal(4, decision.Runs);
    }

    [Fact]
    public void What_is_missed_says_how_late_it_was_and_why_it_is_not_caught_up()
    {
        var decision = FirePolicy.Decide(Every(3600), Noon.AddMinutes(12));

        Assert.Equal("Nobody fired it in time: it was 12 min 00 s overdue. The schedule does not catch up.", Assert.Single(decision.Occurrences).Cause);
    }

    [Fact]
    public void What_the_clocks_moved_says_so()
    {
        var entry = Every(3600);
        entry.Next = new RunnerMoment(Noon, Noon, "Moved by the clocks.");

        Assert.Equal("Moved by the clocks.", Assert.Single(FirePolicy.Decide(entry, Noon).Occurrences).Cause);
    }

    [Fact]
    public void Runs_stop_at_the_most_that_the_schedule_has()
    {
        var entry = Every(10, with: plan => plan with { MaxRuns = 5, Overlap = OverlapPolicy.AllowAll });
        entry.Runs = 3;

        var decision = FirePolicy.Decide(entry, Noon.AddSeconds(35));

        Assert.Equal(["12:00:00", "12:00:10"], decision.Of(Pending));
        Assert.Equal((2, 5L, null), (decision.Occurrences.Count, decision.Runs, decision.Next));
    }

    [Fact]
    public void What_is_skipped_or_missed_is_no_run()
    {
        var entry = Every(60, with: plan => plan with { MaxRuns = 1 });
        entry.Unfinished = [IdOf(Noon.AddMinutes(-1))];

        var decision = FirePolicy.Decide(entry, Noon);

        Assert.Equal([Skipped], decision.Occurrences.Select(row => row.State));
        Assert.NotNull(decision.Next);
    }

    [Fact]
    public void A_schedule_ends_after_its_last_moment()
    {
        var entry = Every(60, with: plan => plan with { Moments = new These(Noon) });

        var decision = FirePolicy.Decide(entry, Noon);

        Assert.Single(decision.Occurrences);
        Assert.Null(decision.Next);
    }

    [Theory]
    [InlineData("06:00", "2026-11-21T05:00:00Z")]
    [InlineData("13:30", "2026-11-20T12:30:00Z")]
    [InlineData("13:00", "2026-11-21T12:00:00Z")]
    public void The_deadline_is_the_first_such_time_of_day_after_the_moment(string deadline, string expected)
    {
        var decision = FirePolicy.Decide(Every(60, with: plan => plan with { Deadline = TimeOnly.Parse(deadline, null), TimeZone = "Europe/Paris" }), Noon);

        Assert.Equal(DateTimeOffset.Parse(expected, null), Assert.Single(decision.Occurrences).DeadlineAt);
    }

    [Theory]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")]
    public void The_deadline_follows_the_clocks_of_its_zone(string moment, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), Deadlines.Of(DateTimeOffset.Parse(moment, null), new TimeOnly(2, 30), "Europe/Paris"));

    [Fact]
    public void A_step_back_of_the_clock_fires_nothing_again()
    {
        var entry = Every(60);
        entry.Advance(FirePolicy.Decide(entry, Noon));

        Assert.Empty(FirePolicy.Decide(entry, Noon.AddHours(-1)).Occurrences);
        Assert.Equal(Noon.AddMinutes(1), entry.Next!.Value.NominalAt);
    }

    [Fact]
    public void A_step_forward_of_the_clock_is_an_outage()
    {
        var entry = Every(600, with: plan => plan with { CatchUp = new CatchUp { Mode = CatchUpMode.Latest } });

        var decision = FirePolicy.Decide(entry, Noon.AddMinutes(55));

        Assert.Equal(["12:50:00"], decision.Of(Pending));
        Assert.Equal(5, decision.Counts()[Missed]);
    }
}
