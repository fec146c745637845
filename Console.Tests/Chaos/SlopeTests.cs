using OpsConsole.Chaos.Memory;

namespace OpsConsole.Tests.Chaos;

public class SlopeTests
{
    [Fact]
    public void A_slope_is_that_of_the_line_through_what_was_seen()
    {
        Assert.Equal(7.2, Slope.PerHour([(0, 100), (1_000, 103), (2_000, 104)]), 1e-9);
        Assert.Equal(double.NaN, Slope.PerHour([(10, 100)]));
    }
}
