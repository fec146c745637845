using System.Text.Json;
using OpsConsole.Bench.Circuits;

namespace OpsConsole.Tests.Bench.Circuits;

public sealed class CircuitPageTests
{
    private const string First = """{"type":"server","key":{"locationHash":"A:1","formattedComponentKey":""},"prerenderId":"p1","sequence":0,"descriptor":"CfDJ8a+/="}""";
    private const string Second = """{"type":"server","sequence":1,"descriptor":"CfDJ8b\u002B=="}""";

    [Fact]
    public void Components_are_handed_over_in_the_order_of_the_page_with_its_state()
    {
        var page = CircuitPage.Of($$"""
            <html><!--Blazor-Web-Initializers:e30=--><body><!-- a note --><!--Blazor:{{First}}--><p>jobs &lt;!--Blazor:{}--&gt;</p><!--Blazor:{"prerenderId":"p1"}-->
            <!--Blazor:{{Second}}-->
            <!--Blazor-Server-Component-State:CfDJ8state+/==--></body></html>
            """);

        using var operations = JsonDocument.Parse(page.Operations);
        var added = operations.RootElement.GetProperty("operations").EnumerateArray().ToArray();
        Assert.Equal([1, 2], added.Select(one => one.GetProperty("ssrComponentId").GetInt32()));
        Assert.All(added, one => Assert.Equal("add", one.GetProperty("type").GetString()));
        Assert.Equal([First, Second], added.Select(one => one.GetProperty("marker").GetRawText()));
        Assert.Equal("CfDJ8state+/==", page.State);
    }

    [Fact]
    public void A_page_may_hand_over_no_state() => Assert.Equal("", CircuitPage.Of($"<!--Blazor:{First}-->").State);

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Sign in</body></html>")]
    [InlineData("""<!--Blazor:{"type":"webassembly","descriptor":"x"}-->""")]
    [InlineData("""<!--Blazor:{"type":"server","descriptor":"cut off""")]
    public void A_page_without_live_components_is_refused(string html) => Assert.Throws<InvalidOperationException>(() => CircuitPage.Of(html));

    [Theory]
    [InlineData("""<!--Blazor:{"type":"server","descriptor":}-->""")]
    [InlineData("""<!--Blazor:{"type":"server"},{"type":"server"}-->""")]
    public void A_marker_that_is_no_JSON_is_quoted(string html) => Assert.Contains("\"type\":\"server\"", Assert.Throws<FormatException>(() => CircuitPage.Of(html)).Message, StringComparison.Ordinal);
}
