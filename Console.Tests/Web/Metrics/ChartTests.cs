using OpsConsole.Web.Metrics;

namespace OpsConsole.Tests.Web.Metrics;

public class ChartTests
{
    [Fact]
    public void A_line_has_holes_where_nothing_is_known_and_a_dot_where_a_point_stands_alone() =>
        Assert.Equal("M60 120L180 60M420 0h0", ChartPath.Line([0, 1, null, 2, null], 2));

    [Fact]
    public void An_area_stands_on_the_line_below_it() =>
        Assert.Equal("M150 0L150 0L450 60L450 120L150 60z", ChartPath.Area([2, 1], [1, 0], 2));

    [Fact]
    public void An_area_of_one_point_is_as_wide_as_its_step() => Assert.Equal("M0 60L200 60L200 120L0 120z", ChartPath.Area([1, null, null], null, 2));

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0.013, 0.016)]
    [InlineData(7.1, 8)]
    [InlineData(8, 8)]
    [InlineData(8_300, 10_000)]
    public void The_axis_of_numbers_ends_at_one_that_four_divides(double largest, double top) => Assert.Equal(top, ChartAxis.OfNumbers(largest), 6);

    [Theory]
    [InlineData(3, "1 ms")]
    [InlineData(950, "0.50 s")]
    [InlineData(50_000, "15 s")]
    [InlineData(400_000, "2 min")]
    [InlineData(3_000_000, "15 min")]
    public void Durations_divide_into_clock_times(double largest, string quarter) => Assert.Equal(quarter, ChartAxis.Span(ChartAxis.OfSpans(largest) / 4));

    [Fact]
    public void A_change_says_which_way_and_only_a_worse_one_alarms()
    {
        Assert.Null(FigureChange.OfCount(100, 0));
        Assert.Equal(new FigureChange("↑ 20 %", ""), FigureChange.OfCount(120, 100));
        Assert.Equal(new FigureChange("↑ 5 points", "failed"), FigureChange.OfShare(0.07, 0.02));
        Assert.Equal(new FigureChange("↓ 4.0 s", "succeeded"), FigureChange.OfSpan(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6)));
        Assert.Null(FigureChange.OfSpan(TimeSpan.FromSeconds(10.5), TimeSpan.FromSeconds(10)));
    }
}
