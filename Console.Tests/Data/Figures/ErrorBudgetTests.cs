using OpsConsole.Data.Figures.Targets;

namespace OpsConsole.Tests.Data.Figures;

public class ErrorBudgetTests
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    // Half of a month of 200,000 with a target of 99.5 %: 1,000 may go wrong.
    private static readonly BudgetFacts Half = new(99.5m, new GoodBad(99_800, 200), new GoodBad(139, 0), new GoodBad(830, 3), Month / 2, Month, 190_000);

    [Fact]
    public void A_target_allows_its_share_of_what_the_whole_period_will_bring()
    {
        var budget = ErrorBudget.Of(Half);

        Assert.Equal(1_000, budget.Allowed, 6);
        Assert.Equal(.2, budget.Used!.Value, 6);
        Assert.Equal(800, budget.Left, 6);
        Assert.Equal(.998, budget.Share!.Value, 6);
        Assert.Equal(.5, budget.Elapsed, 6);
        Assert.Equal(TargetStanding.OnTarget, budget.Standing);
    }

    [Fact]
    public void The_rest_lasts_as_long_as_the_last_six_hours_would_take_for_it()
    {
        var budget = ErrorBudget.Of(Half with { LastSixHours = new GoodBad(600, 200) });

        Assert.Equal(TimeSpan.FromHours(24), budget.Lasts);
    }

    [Fact]
    public void A_burn_of_one_uses_the_budget_up_exactly_at_the_end()
    {
        var budget = ErrorBudget.Of(Half with { LastHour = new GoodBad(995, 5), LastSixHours = new GoodBad(990, 10), SoFar = new GoodBad(99_500, 500) });

        Assert.Equal(1, budget.BurnOfHour!.Value, 6);
        Assert.Equal(2, budget.BurnOfSixHours!.Value, 6);
        Assert.Equal(1, budget.BurnOfPeriod!.Value, 6);
        Assert.Equal(budget.Elapsed, budget.Used!.Value, 6);
    }

    [Fact]
    public void Exactly_the_objective_is_on_target_and_one_less_is_below()
    {
        var facts = Half with { SoFar = new GoodBad(995, 5), Elapsed = Month, LastSixHours = default };

        Assert.Equal(TargetStanding.OnTarget, ErrorBudget.Of(facts).Standing);
        Assert.Equal(TargetStanding.BelowTarget, ErrorBudget.Of(facts with { SoFar = new GoodBad(994, 5) }).Standing);
    }

    [Fact]
    public void More_used_than_time_gone_and_a_pace_that_does_not_reach_the_end_is_a_risk()
    {
        // Of 1,000 allowed 600 are used at half time while the share is still kept: the month before was larger than this half.
        var facts = Half with { SoFar = new GoodBad(99_520, 480), LastSixHours = new GoodBad(830, 60), Elapsed = Month * .4 };

        Assert.Equal(TargetStanding.OnTarget, ErrorBudget.Of(facts with { LastSixHours = new GoodBad(830, 0) }).Standing);
        Assert.Equal(TargetStanding.OnTarget, ErrorBudget.Of(facts).Standing);
        Assert.Equal(TargetStanding.AtRisk, ErrorBudget.Of(facts with { SoFar = new GoodBad(99_500, 500), Elapsed = Month * .49, TotalBefore = 0, LastSixHours = new GoodBad(830, 170), LastHour = new GoodBad(100, 20) }).Standing);
    }

    [Fact]
    public void Two_failures_on_a_quiet_night_do_not_call_anybody_unless_they_burn_fast()
    {
        var fast = Half with { LastHour = new GoodBad(10, 2), LastSixHours = new GoodBad(40, 2) };

        Assert.Equal(TargetStanding.AtRisk, ErrorBudget.Of(fast).Standing);
        Assert.Equal(TargetStanding.OnTarget, ErrorBudget.Of(fast with { LastHour = default }).Standing);
        Assert.Equal(TargetStanding.OnTarget, ErrorBudget.Of(fast with { LastHour = new GoodBad(1, 1), LastSixHours = new GoodBad(10, 1) }).Standing);
    }

    [Fact]
    public void A_young_period_is_expected_to_be_as_large_as_the_one_before()
    {
        var facts = Half with { SoFar = new GoodBad(990, 2), Elapsed = TimeSpan.FromHours(3), TotalBefore = 200_000 };

        Assert.Equal(1_000, ErrorBudget.Of(facts).Allowed, 6);
        Assert.Equal(992 * 240 * .005, ErrorBudget.Of(facts with { TotalBefore = 0 }).Allowed, 6);
    }

    [Fact]
    public void A_period_that_is_over_expects_nothing_more_and_is_never_at_risk()
    {
        var budget = ErrorBudget.Of(Half with { SoFar = new GoodBad(99_510, 490), Elapsed = Month, LastHour = new GoodBad(0, 50), LastSixHours = new GoodBad(0, 50) });

        Assert.Equal(500, budget.Allowed, 6);
        Assert.Equal(TargetStanding.OnTarget, budget.Standing);
    }

    [Fact]
    public void A_target_of_everything_has_no_budget()
    {
        var kept = ErrorBudget.Of(Half with { Objective = 100, SoFar = new GoodBad(10, 0), LastSixHours = new GoodBad(10, 0) });
        var broken = ErrorBudget.Of(Half with { Objective = 100, SoFar = new GoodBad(10, 1), LastSixHours = new GoodBad(10, 1) });

        Assert.Equal((TargetStanding.OnTarget, null, 0), (kept.Standing, kept.Used, kept.BurnOfPeriod));
        Assert.Equal((TargetStanding.BelowTarget, double.PositiveInfinity, double.PositiveInfinity, null), (broken.Standing, broken.Used, broken.BurnOfPeriod, broken.Lasts));
    }

    [Fact]
    public void Nothing_measured_is_neither_good_nor_bad()
    {
        var budget = ErrorBudget.Of(new BudgetFacts(99, default, default, default, TimeSpan.Zero, Month, 0));

        Assert.Equal((TargetStanding.NoData, null, null, null), (budget.Standing, budget.Share, budget.Lasts, budget.BurnOfHour));
    }

    [Theory]
    [InlineData(TargetKind.AllJobs, TargetMeasure.OnTime, 99, null, false)]
    [InlineData(TargetKind.AllSchedules, TargetMeasure.OnTime, 99, null, true)]
    [InlineData(TargetKind.AllJobs, TargetMeasure.StartedInTime, 99, null, false)]
    [InlineData(TargetKind.AllJobs, TargetMeasure.StartedInTime, 99, 5_000L, true)]
    [InlineData(TargetKind.AllJobs, TargetMeasure.Succeeded, 0, null, false)]
    [InlineData(TargetKind.AllJobs, TargetMeasure.Succeeded, 100, null, true)]
    [InlineData(TargetKind.AllJobs, TargetMeasure.Succeeded, 101, null, false)]
    [InlineData(TargetKind.JobType, TargetMeasure.Succeeded, 99, null, false)]
    [InlineData(TargetKind.Schedule, TargetMeasure.DeadlineMet, 99, null, false)]
    public void A_target_that_cannot_be_measured_is_refused(TargetKind kind, TargetMeasure measure, int objective, long? limit, bool isSound) =>
        Assert.Equal(isSound, TargetLimits.ProblemOf(new Target { Kind = kind, Measure = measure, Objective = objective, LimitMs = limit }) is null);
}
