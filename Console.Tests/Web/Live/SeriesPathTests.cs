using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

public class SeriesPathTests
{
    [Fact]
    public void A_line_runs_from_edge_to_edge_with_high_values_on_top() =>
        Assert.Equal("M0 10L50 0L100 5", SeriesPath.Line([0, 2, 1], top: 2, width: 100, height: 10));

    [Fact]
    public void An_area_closes_along_the_line_below_it() =>
        Assert.Equal("M0 0L100 0L100 5L0 10z", SeriesPath.Area([2, 2], [0, 1], top: 2, width: 100, height: 10));

    [Fact]
    public void Without_a_line_below_an_area_stands_on_the_floor() =>
        Assert.Equal("M0 0L100 5L100 10L0 10z", SeriesPath.Area([2, 1], null, top: 2, width: 100, height: 10));

    [Fact]
    public void A_line_above_another_is_drawn_only_where_it_is_above() =>
        Assert.Equal("M0 10L25 5L50 10", SeriesPath.LineAbove([0, 1, 0, 0, 0], [0, 0, 0, 0, 0], top: 2, width: 100, height: 10));

    [Fact]
    public void One_point_draws_nothing() => Assert.Equal("", SeriesPath.Line([1], 2, 100, 10));

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4.5, 6)]
    [InlineData(1_184, 1_200)]
    [InlineData(1_201, 1_600)]
    [InlineData(90, 100)]
    public void The_scale_ends_on_a_number_that_four_lines_divide(double largest, double top) => Assert.Equal(top, SeriesPath.NiceTop(largest), 6);
}
