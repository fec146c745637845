using Bunit;
using OpsConsole.Data.Figures;
using OpsConsole.Data.History;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Metrics;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Metrics;

public sealed class MetricsComponentTests : BunitContext
{
    private const string Hostile = "<img src=x onerror=alert(1)>";
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 15, 0, TimeSpan.Zero);
    private readonly ViewerTime _viewer = new(new FakeTime(Now));

    [Fact]
    public void Every_point_of_a_chart_says_what_it_holds_and_leads_to_its_jobs()
    {
        var picture = Picture("mail.send");
        var chart = Render<SeriesChart>(p => p.AddCascadingValue(_viewer).Add(x => x.Chart, MetricsCharts.Of(picture, _viewer)[0])
            .Add(x => x.Window, picture.Window).Add(x => x.Range, picture.Address.Range).Add(x => x.Deploys, picture.Deploys).Add(x => x.NamesDeploys, true));

        var last = chart.FindAll("a.hit")[^1];
        Assert.Equal(15, chart.FindAll("a.hit").Count);
        Assert.Equal("Fri 20 Nov 12:14 to 12:15: 60 succeeded, 20 failed, 90 arrived", last.GetAttribute("title"));
        Assert.Contains("type%3Amail.send%20since%3A2026-11-20T12%3A14Z%20until%3A2026-11-20T12%3A15Z", last.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("2.0 first seen", chart.Find(".deploy").GetAttribute("title"), StringComparison.Ordinal);
        Assert.Contains("80 ended", chart.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_measured_is_no_zero()
    {
        var charts = MetricsCharts.Of(Picture(null), _viewer);

        Assert.Equal(["Throughput", "Failure rate", "Wait", "Run time", "Queue depth", "Oldest waiting", "Busy slots"], charts.Select(chart => chart.Title));
        Assert.True(charts[5].IsEmpty);
        Assert.Equal("nobody looked", charts[5].Points[3].Words.Split(": ")[^1]);
        Assert.Equal(14, charts[1].Series[0].Values.Count(value => value is null));
    }

    [Fact]
    public void A_list_leads_to_narrower_figures_and_to_failures_and_shows_hostile_names_as_text()
    {
        var table = Render<BreakdownTable>(p => p.AddCascadingValue(_viewer).Add(x => x.Picture, Picture(null)));

        Assert.Empty(table.FindAll("img"));
        Assert.Contains("onerror", table.FindAll("tbody th")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("/metrics/overview?range=15m&type=mail.send", table.Find("tbody th a").GetAttribute("href"));
        Assert.Equal("25 %", table.Find("a.failed").TextContent.Trim());
        Assert.Contains("outcome%3Afailure", table.Find("a.failed").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_heat_map_shades_by_the_busiest_hour_and_names_every_cell()
    {
        var heat = Render<WeekHeat>(p => p.Add(x => x.Picture, Picture(null)));

        Assert.Equal(7 * 24, heat.FindAll("tbody td").Count);
        Assert.Equal("Friday 12:00: 80 ended, 20 failed (25 %)", heat.Find("td.heat-4").GetAttribute("title"));
        Assert.Single(heat.FindAll("td.heat-1"));
        // Cells without anything lead nowhere; the busiest one is reached by the keyboard too.
        Assert.Equal(2, heat.FindAll("td a").Count);
        Assert.Equal(heat.Find("td.heat-4 a").GetAttribute("href"), heat.Find("p a").GetAttribute("href"));
    }

    [Fact]
    public void Gauges_that_cannot_be_narrowed_down_say_of_what_they_are()
    {
        var picture = Picture("mail.send");
        List<string> Wider(FigureFilter filter) => [.. MetricsCharts.Of(picture with { Address = picture.Address with { Filter = filter } }, _viewer).Select(chart => chart.Wider ?? "")];

        Assert.Equal(["", "", "", "", "whole fleet", "whole fleet", "whole fleet"], Wider(new FigureFilter(Type: "mail.send")));
        Assert.Equal("all of queue mail", Wider(new FigureFilter(Type: "mail.send", Queue: "mail"))[4]);
        Assert.All(Wider(new FigureFilter(Queue: "mail")), Assert.Empty);
        Assert.DoesNotContain("mail.send", MetricsCharts.Of(picture, _viewer)[4].Points[0].Href, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_say_how_they_changed()
    {
        var picture = Picture(null) with { Before = Totals(40, 0, 10) };
        var tiles = Render<MetricsTiles>(p => p.Add(x => x.Picture, picture).Add(x => x.Before, "the time before")).FindAll(".kpi");

        Assert.Contains("↑ 100 % on the time before", tiles[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("↑ 25 points", tiles[1].TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(tiles[1].QuerySelectorAll(".state-failed"));
        Assert.Contains("About the same as the time before", tiles[3].TextContent, StringComparison.Ordinal);
    }

    private static MetricsPicture Picture(string? type)
    {
        var address = new MetricsAddress(MetricsRange.Of("15m"), null, new FigureFilter(Type: type));
        var window = MetricsWindow.Of(address.Range, null, Now, TimeZoneInfo.Utc);
        var busy = Totals(60, 20, 10);
        var week = new WeekFigures();
        week[DayOfWeek.Friday, 12].AddAll(busy);
        week[DayOfWeek.Monday, 3].AddAll(Totals(1, 0, 1));
        return new MetricsPicture
        {
            Address = address,
            Window = window,
            Points = [.. Enumerable.Range(0, 15).Select(i => i == 14 ? busy : new FigureTotals())],
            Total = busy,
            Gauges = new GaugePoint?[15],
            By = [new NamedFigures("mail.send", busy), new NamedFigures(Hostile, Totals(1, 0, 1))],
            Deploys = [new Deploy(Now.AddMinutes(-5), "2.0", 2, "web-1")],
            Week = week,
            KnownSince = Now.AddDays(-90),
        };
    }

    private static FigureTotals Totals(int succeeded, int failed, long run)
    {
        var totals = new FigureTotals { Arrived = 90 };
        totals.Add(AttemptOutcome.Succeeded, succeeded);
        totals.Add(AttemptOutcome.Retrying, failed);
        totals.SucceededRuns.Add(run, succeeded + failed);
        return totals;
    }
}
