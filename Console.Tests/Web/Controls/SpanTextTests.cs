using OpsConsole.Web.Controls;

namespace OpsConsole.Tests.Web.Controls;

public sealed class SpanTextTests
{
    [Theory]
    [InlineData("90 s", 90)]
    [InlineData("5min", 300)]
    [InlineData("2 h 30 min", 9_000)]
    [InlineData("1d", 86_400)]
    [InlineData("1 hour and 5 minutes", 3_900)]
    [InlineData("1.5 h", 5_400)]
    [InlineData("2 weeks", 1_209_600)]
    [InlineData("0", 0)]
    public void Spans_are_read_as_people_write_them(string text, int seconds) => Assert.Equal((seconds, null), SpanText.Read(text));

    [Theory]
    [InlineData("90", "Add a unit")]
    [InlineData("soon", "such as 90 s")]
    [InlineData("5 min ago", "such as 90 s")]
    [InlineData("-5 min", "such as 90 s")]
    [InlineData("0.3 s", "whole seconds")]
    [InlineData("999999999 d", "too long")]
    public void What_is_no_span_is_said(string text, string problem)
    {
        var (seconds, said) = SpanText.Read(text);
        Assert.Null(seconds);
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(59)]
    [InlineData(3_600)]
    [InlineData(90_061)]
    [InlineData(int.MaxValue)]
    public void A_written_span_reads_back_as_itself(int seconds) => Assert.Equal((seconds, null), SpanText.Read(SpanText.Write(seconds)));
}
