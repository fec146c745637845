using OpsConsole.Data.Figures;
using OpsConsole.Data.Figures.Labels;
using OpsConsole.Data.Figures.OnTime;
using OpsConsole.Data.Figures.Targets;
using OpsConsole.Data.History;
using OpsConsole.Web.Kpis;

namespace OpsConsole.Tests.Web.Kpis;

public class KpiWordsTests
{
    private static readonly KpiRange Half = KpiRange.Of(KpiPeriod.Read("month", "2026-11-01", default), TimeZoneInfo.Utc, new DateTimeOffset(2026, 11, 16, 0, 0, 0, TimeSpan.Zero));
    private static readonly KpiRange Over = KpiRange.Of(KpiPeriod.Read("month", "2026-11-01", default), TimeZoneInfo.Utc, new DateTimeOffset(2026, 12, 16, 0, 0, 0, TimeSpan.Zero));
    private static readonly Target AllJobs = new() { Kind = TargetKind.AllJobs, Measure = TargetMeasure.Succeeded, Objective = 99.5m };

    [Theory]
    [InlineData(.99999, "99.99")]
    [InlineData(.9962, "99.62")]
    [InlineData(1d, "100.00")]
    [InlineData(null, "–")]
    public void A_share_is_never_rounded_up_to_a_target(double? share, string text) => Assert.Equal(text, KpiText.Percent(share));

    [Theory]
    [InlineData(412, "412", "")]
    [InlineData(98_120, "98,120", "")]
    [InlineData(1_844_000, "1.84", "million")]
    public void Counts_are_read_at_a_glance(long count, string figure, string unit) => Assert.Equal((figure, unit), KpiText.Glance(count));

    [Fact]
    public void Changes_say_which_way_they_went()
    {
        Assert.Equal("↑ 6.1 %", KpiText.Change(1061, 1000));
        Assert.Equal("↓ 50.0 %", KpiText.Change(5, 10));
        Assert.Equal("unchanged", KpiText.Change(10, 10));
        Assert.Equal("↑ 20 times as many", KpiText.Change(200, 10));
        Assert.Null(KpiText.Change(10, 0));
        Assert.Equal("↑ 0.05", KpiText.Points(.9962, .9957));
        Assert.Null(KpiText.Points(.9962, null));
    }

    [Fact]
    public void The_verdict_comes_first_and_says_what_may_still_go_wrong()
    {
        var verdict = KpiVerdict.Of(Report(Half, (AllJobs, new GoodBad(99_800, 200), new GoodBad(600, 10))));

        Assert.Equal("The target is kept.", verdict.Headline);
        Assert.Equal("November allows about 1,000 failed jobs, and 200 are used; at the pace of the last 6 hours it lasts beyond the end of November.", verdict.More);
    }

    [Fact]
    public void A_budget_that_is_used_slower_than_work_comes_in_does_not_end_because_more_came_than_expected()
    {
        var firstDay = new GoodBad(1_606, 4);

        Assert.EndsWith("it lasts beyond the end of November.", KpiVerdict.Of(Report(Half, (AllJobs, firstDay, firstDay))).More, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_is_not_kept_is_named_with_what_is_missing()
    {
        var slow = new Target { Kind = TargetKind.JobType, JobType = "orders.ship", Measure = TargetMeasure.StartedInTime, LimitMs = 30_000, Objective = 99 };

        var verdict = KpiVerdict.Of(Report(Half, (AllJobs, new GoodBad(99_800, 200), new GoodBad(600, 0)), (slow, new GoodBad(971, 29), default)));
        var late = KpiVerdict.Of(Report(Over, (AllJobs, new GoodBad(10, 5), default)));

        Assert.Equal("1 of 2 targets is not kept: orders.ship (started within 30 s).", verdict.Headline);
        Assert.StartsWith("orders.ship: started within 30 s in 97.10 % instead of 99 %. November allows about 1,000", verdict.More, StringComparison.Ordinal);
        Assert.Equal("The target was not kept.", late.Headline);
        Assert.EndsWith("November allowed 0.1 failed jobs, and 5 were used.", late.More, StringComparison.Ordinal);
    }

    [Fact]
    public void A_risk_is_said_before_it_is_too_late()
    {
        var wait = new Target { Kind = TargetKind.AllJobs, Measure = TargetMeasure.StartedInTime, LimitMs = 1_000, Objective = 90 };
        Assert.Equal("Both targets are kept.", KpiVerdict.Of(Report(Half, (AllJobs, new GoodBad(99_800, 200), default), (wait, new GoodBad(95, 5), default))).Headline);
        var fast = KpiVerdict.Of(Report(Half, (AllJobs, new GoodBad(99_510, 490), new GoodBad(0, 200))));
        Assert.Equal("On target, but All jobs (done in the end) is at risk.", fast.Headline);
        Assert.EndsWith("at the pace of the last 6 hours the rest lasts 15 hours.", fast.More, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_target_the_figure_itself_is_the_verdict() => Assert.Equal(
        ("90.00 % of the work of November got done, 10.00 points more than in October.", "No target is set, so nobody has said whether that is good."),
        (KpiVerdict.Of(Report(Half)).Headline, KpiVerdict.Of(Report(Half)).More));

    [Fact]
    public void A_trend_shows_what_happens_below_a_hundred()
    {
        var shape = TrendShape.Of([99.6, 99.2, null, 99.9], [99.5, 99.6, 99.7, 99.8, 99.9], 99.5, 5, isShare: true);

        Assert.Equal((99, 100), (shape.Bottom, shape.Top));
        Assert.Equal(75, shape.TargetY);
        Assert.Equal("M0 60L180 120M540 15", shape.NowPath);
        Assert.Equal((540d, 15d), Assert.Single(shape.Dots).Round());
        Assert.Equal((0, 2_500), (TrendShape.Of([2_100], [], null, 1, isShare: false).Bottom, TrendShape.Of([2_100], [], null, 1, isShare: false).Top));
    }

    private static KpiReport Report(KpiRange range, params (Target Target, GoodBad SoFar, GoodBad SixHours)[] targets) => new()
    {
        Range = range,
        Late = LateWeek.Of([], TimeZoneInfo.Utc),
        Now = Totals(9, 1),
        Before = Totals(8, 2),
        WholeBefore = Totals(8, 2),
        Days = [],
        DaysBefore = [],
        Targets = [.. targets.Select(one => new TargetRow(one.Target, ErrorBudget.Of(new BudgetFacts(
            one.Target.Objective, one.SoFar, one.SixHours, one.SixHours, range.Until - range.From, range.End - range.From, 0)), null))],
        Schedules = [],
        Owners = new LabelVolumes([], 0),
        Tags = new LabelVolumes([], 0),
        HasGap = false,
    };

    private static KpiTotals Totals(long succeeded, long failed)
    {
        var figures = new FigureTotals();
        figures.Add(AttemptOutcome.Succeeded, succeeded);
        figures.Add(AttemptOutcome.Failed, failed);
        return new KpiTotals(figures, default, default);
    }
}

internal static class Rounding
{
    public static (double, double) Round(this (double X, double Y) place) => (Math.Round(place.X, 3), Math.Round(place.Y, 3));
}
