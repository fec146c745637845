using OpsConsole.Web.Controls;

namespace OpsConsole.Tests.Web.Controls;

public sealed class TimeTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.4, "now")]
    [InlineData(9, "9 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(240, "4 min")]
    [InlineData(7020, "1 h 57 min")]
    [InlineData(200000, "2 d")]
    [InlineData(-1620, "in 27 min")]
    public void A_moment_is_told_by_its_distance(double seconds, string text) => Assert.Equal(text, TimeText.Relative(Now.AddSeconds(-seconds), Now));

    [Fact]
    public void In_a_sentence_it_says_ago() => Assert.Equal("4 min ago", TimeText.Relative(Now.AddMinutes(-4), Now, ago: true));

    [Theory]
    [InlineData(38, "38 ms")]
    [InlineData(250, "0.25 s")]
    [InlineData(4100, "4.1 s")]
    [InlineData(42000, "42 s")]
    [InlineData(127000, "2 min 07 s")]
    [InlineData(3900000, "1 h 05 min")]
    public void A_measured_span_is_as_exact_as_it_is_short(double milliseconds, string text) => Assert.Equal(text, TimeText.Measured(TimeSpan.FromMilliseconds(milliseconds)));
}
