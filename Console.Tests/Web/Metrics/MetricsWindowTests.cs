using OpsConsole.Web.Metrics;

namespace OpsConsole.Tests.Web.Metrics;

public class MetricsWindowTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 7, 30, TimeSpan.Zero);

    [Fact]
    public void Steps_lie_on_full_minutes_and_the_last_one_is_running()
    {
        var window = MetricsWindow.Of(MetricsRange.Of("15m"), null, Now, Berlin);

        Assert.Equal(15, window.Points);
        Assert.Equal(Now.AddSeconds(30), window.Until);
        Assert.Equal(TimeSpan.FromSeconds(30), window.Elapsed(14));
        Assert.Equal(TimeSpan.FromMinutes(1), window.Elapsed(13));
    }

    [Fact]
    public void A_step_that_has_just_begun_is_left_out() =>
        Assert.Equal(Now.AddSeconds(-30), MetricsWindow.Of(MetricsRange.Of("15m"), null, Now.AddSeconds(-28), Berlin).Until);

    [Fact]
    public void Days_begin_at_midnight_of_the_viewer_also_when_clocks_change()
    {
        var window = MetricsWindow.Of(MetricsRange.Of("30d"), null, Now, Berlin);

        Assert.All(window.Edges, edge => Assert.Equal(TimeSpan.Zero, TimeZoneInfo.ConvertTime(edge, Berlin).TimeOfDay));
        Assert.Equal(TimeSpan.FromHours(25), window.Edges.Zip(window.Edges.Skip(1), (from, until) => until - from).Max());
        Assert.Equal(new DateTime(2026, 11, 21), TimeZoneInfo.ConvertTime(window.Until, Berlin).DateTime);
        Assert.True(window.IsRunning);
    }

    [Fact]
    public void The_time_before_ends_where_the_range_begins()
    {
        foreach (var range in MetricsRange.All)
        {
            var window = MetricsWindow.Of(range, null, Now, Berlin);

            Assert.Equal(window.From, window.Before()[^1]);
            Assert.Equal(window.Edges.Count, window.Before().Count);
        }
    }

    [Theory]
    [InlineData("15m", 7)]
    [InlineData("7d", 7)]
    [InlineData("30d", 35)]
    [InlineData("1y", 371)]
    public void The_same_days_before_are_whole_weeks_back_and_do_not_overlap(string range, int days)
    {
        var window = MetricsWindow.Of(MetricsRange.Of(range), null, Now, Berlin);

        Assert.Equal(days, Math.Round((window.Until - window.WeeksBefore()[^1]).TotalDays));
        Assert.True(window.WeeksBefore()[^1] <= window.From);
    }

    [Fact]
    public void A_range_can_end_earlier_but_not_in_the_future()
    {
        var earlier = MetricsWindow.Of(MetricsRange.Of("1h"), Now.AddDays(-3), Now, Berlin);

        Assert.False(earlier.IsRunning);
        Assert.Equal(TimeSpan.FromHours(1), earlier.ElapsedInAll);
        Assert.Equal(MetricsWindow.Of(MetricsRange.Of("1h"), null, Now, Berlin).Edges, MetricsWindow.Of(MetricsRange.Of("1h"), Now.AddDays(9), Now, Berlin).Edges);
    }
}
