using OpsConsole.Data.Figures;
using OpsConsole.Data.History.Search;
using OpsConsole.Web.Metrics;

namespace OpsConsole.Tests.Web.Metrics;

public class MetricsAddressTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_address_reads_back_as_itself()
    {
        var address = new MetricsAddress(
            MetricsRange.Of("7d"), Noon, new FigureFilter("mail.send", "a b&c", "web-1"), MetricsCompare.Week, FigureFacet.Host, HeatMeasure.Rate);

        var said = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address.Href[address.Href.IndexOf('?')..]);

        Assert.Equal(address, MetricsAddress.Read(said["range"], said["until"], said["type"], said["queue"], said["host"], said["compare"], said["by"], said["heat"]));
        Assert.Equal("/metrics/overview", MetricsAddress.Read(null, null, null, null, null, null, null, null).Href);
    }

    [Fact]
    public void Nonsense_is_what_nothing_is() =>
        Assert.Equal("/metrics/overview", MetricsAddress.Read("5y", "soon", " ", "", null, "2", "cell", "17").Href);

    [Theory]
    [InlineData("reports.generate")]
    [InlineData("Odd \"name\" \\ with -signs, (and) *")]
    [InlineData("-minus")]
    [InlineData("or")]
    public void The_jobs_behind_a_point_are_a_search_that_can_be_read(string type)
    {
        var href = JobsBehind.Href(new FigureFilter(Type: type, Queue: "mail"), Noon, Noon.AddMinutes(5), JobsBehind.AtLeast("run", TimeSpan.FromSeconds(2)));

        var text = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(href[href.IndexOf('?')..])["q"].ToString();
        var parse = JobQuery.Parse(text, new SearchContext(Noon.AddDays(1), TimeZoneInfo.Utc));

        Assert.Empty(parse.Faults);
        Assert.NotNull(parse.Query);
        Assert.Contains("until:2026-11-20T12:05Z", text, StringComparison.Ordinal);
    }
}
