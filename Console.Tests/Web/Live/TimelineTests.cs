using OpsConsole.Data.Figures;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

public class TimelineTests
{
    private readonly Timeline _timeline = new(TimeSpan.FromSeconds(1), 10);

    [Fact]
    public void A_sum_takes_the_steps_from_its_start_up_to_its_end()
    {
        for (var second = 0; second < 6; second++)
            _timeline.At(Story.Noon.AddSeconds(second))!.Succeeded = 1;

        Assert.Equal(3, _timeline.Sum(Story.Noon.AddSeconds(1), Story.Noon.AddSeconds(4)).Succeeded);
    }

    [Fact]
    public void A_step_that_has_left_the_ring_is_gone_and_takes_nothing_more()
    {
        _timeline.At(Story.Noon)!.Succeeded = 1;
        _timeline.At(Story.Noon.AddSeconds(10))!.Succeeded = 2;

        Assert.Null(_timeline.At(Story.Noon));
        Assert.Equal(2, _timeline.Sum(Story.Noon, Story.Noon.AddSeconds(20)).Succeeded);
    }

    [Fact]
    public void A_long_silence_clears_what_lies_between()
    {
        _timeline.At(Story.Noon.AddSeconds(3))!.Succeeded = 5;
        _timeline.At(Story.Noon.AddSeconds(1_003))!.Succeeded = 1;

        Assert.Equal(1, _timeline.Sum(Story.Noon.AddSeconds(990), Story.Noon.AddSeconds(1_010)).Succeeded);
    }

    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.95, 950)]
    [InlineData(0.99, 990)]
    public void A_quantile_is_right_within_a_fifth(double share, double expected)
    {
        var histogram = new DurationHistogram();
        for (var milliseconds = 1; milliseconds <= 1_000; milliseconds++)
            histogram.Add(milliseconds);

        Assert.InRange(histogram.Quantile(share)!.Value.TotalMilliseconds, expected * 0.81, expected * 1.19);
    }

    [Fact]
    public void Nothing_counted_has_no_quantile() => Assert.Null(new DurationHistogram().Quantile(0.95));

    [Fact]
    public void A_duration_of_a_week_lands_in_the_last_bucket()
    {
        var histogram = new DurationHistogram();
        histogram.Add(TimeSpan.FromDays(7).TotalMilliseconds);

        Assert.True(histogram.Quantile(0.5) > TimeSpan.FromDays(1));
    }
}
