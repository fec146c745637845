using OpsConsole.Data.Failures;

namespace OpsConsole.Tests.Data.Failures;

public sealed class CountRingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Counts_stand_in_their_hours_and_old_ones_fall_out()
    {
        var ring = CountRing.Hours();
        ring.Add(Now.AddHours(-GroupLimits.Hours), 7);
        ring.Add(Now.AddHours(-GroupLimits.Hours + 1), 5);
        ring.Add(Now, 2);
        ring.Add(Now.AddHours(-1), 3);
        ring.Add(Now.AddDays(-400), 9);

        Assert.Equal(10, ring.Until(Now, GroupLimits.Hours).Sum());
        Assert.Equal([0, 3, 2, 0], ring.Until(Now.AddHours(1), 4));
        Assert.Equal(0, ring.Until(Now.AddDays(30), 24).Sum());
    }

    [Fact]
    public void What_was_written_reads_the_same()
    {
        var ring = CountRing.Days();
        for (var day = 0; day < 200; day++)
            ring.Add(Now.AddDays(-200 + day), day * 1_000);

        Assert.Equal(ring.Until(Now, GroupLimits.Days), CountRing.ReadDays(ring.Write()).Until(Now, GroupLimits.Days));
    }

    [Fact]
    public void A_long_silence_clears_everything_before_it()
    {
        var ring = CountRing.Hours();
        ring.Add(Now.AddYears(-1), 4);
        ring.Add(Now);
        Assert.Equal(1, ring.Until(Now, GroupLimits.Hours).Sum());
    }
}
