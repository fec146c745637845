using OpsConsole.Data.Figures;

namespace OpsConsole.Tests.Data.Figures;

public class DurationHistogramTests
{
    [Theory]
    [InlineData(0.5, 5_000)]
    [InlineData(0.95, 9_500)]
    [InlineData(0.99, 9_900)]
    public void A_percentile_is_off_by_9_percent_at_most(double share, double expected)
    {
        Assert.InRange(UpTo(10_000).Quantile(share)!.Value.TotalMilliseconds, expected * (1 - DurationHistogram.Error), expected * (1 + DurationHistogram.Error));
    }

    [Fact]
    public void Durations_that_are_all_the_same_have_that_percentile_within_9_percent()
    {
        foreach (var milliseconds in (double[])[1, 7, 1_000, 61_000, 3_600_000, 500_000_000])
        {
            var histogram = new DurationHistogram();
            histogram.Add(milliseconds, times: 1_000);

            Assert.InRange(histogram.Quantile(0.5)!.Value.TotalMilliseconds, milliseconds * 0.91, milliseconds * 1.091);
        }
    }

    [Fact]
    public void Bytes_give_back_what_was_counted_and_add_up()
    {
        var (first, second, sum) = (UpTo(1_000), UpTo(40), new DurationHistogram());
        second.Add(TimeSpan.FromDays(90).TotalMilliseconds, times: 5_000_000_000);
        sum.AddBytes(first.ToBytes());
        sum.AddBytes(second.ToBytes());

        first.AddAll(second);
        Assert.Equal(5_000_001_040, sum.Count);
        Assert.Equal(first.ToBytes(), sum.ToBytes());
        Assert.Empty(new DurationHistogram().ToBytes());
    }

    [Fact]
    public void A_day_of_all_kinds_of_durations_takes_few_bytes()
    {
        var random = new Random(1);
        var histogram = new DurationHistogram();
        for (var i = 0; i < 100_000; i++)
            histogram.Add(Math.Pow(10, 5 * random.NextDouble()));

        Assert.InRange(histogram.ToBytes().Length, 100, 600);
    }

    [Fact]
    public void Those_under_a_limit_can_be_counted()
    {
        Assert.InRange(UpTo(10_000).CountUnder(3_000), 2_900, 3_100);
        Assert.Equal(10_000, UpTo(10_000).CountUnder(20_000));
        Assert.Equal(0, new DurationHistogram().CountUnder(5));
    }

    [Theory]
    [InlineData(new byte[] { 3 })]
    [InlineData(new byte[] { 3, 0x80 })]
    [InlineData(new byte[] { 255, 1, 255, 1 })]
    public void Damaged_bytes_are_refused(byte[] bytes) => Assert.Throws<FormatException>(() => new DurationHistogram().AddBytes(bytes));

    private static DurationHistogram UpTo(int milliseconds)
    {
        var histogram = new DurationHistogram();
        for (var i = 1; i <= milliseconds; i++)
            histogram.Add(i);
        return histogram;
    }
}
