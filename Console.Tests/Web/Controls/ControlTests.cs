using Bunit;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Controls;

public sealed class ControlTests : BunitContext
{
    private readonly FakeTime _time = new();

    [Fact]
    public void A_state_is_shape_word_and_colour()
    {
        var pill = Render<StatePill>(p => p.Add(x => x.State, JobState.Quarantined));
        Assert.Contains("state-quarantined", pill.Find(".state").ClassName, StringComparison.Ordinal);
        Assert.Equal("#g-quarantined", pill.Find("use").GetAttribute("href"));
        Assert.Equal("Quarantined", pill.Find(".state").TextContent);
    }

    [Theory]
    [InlineData(25, 50, "width:50%")]
    [InlineData(80, 50, "width:100%")]
    [InlineData(5, 0, "width:0%")]
    [InlineData(double.NaN, 10, "width:0%")]
    public void A_bar_stays_within_its_bounds(double value, double max, string style) =>
        Assert.Equal(style, Render<Bar>(p => p.Add(x => x.Value, value).Add(x => x.Max, max)).Find("i").GetAttribute("style"));

    [Fact]
    public void A_moment_is_relative_and_exact_on_hover_in_the_viewers_zone()
    {
        var viewer = new ViewerTime(_time);
        viewer.Use("No/Such_Zone", "Europe/Berlin");
        var moment = Render<Moment>(p => p.AddCascadingValue(viewer).Add(x => x.At, _time.GetUtcNow().AddMinutes(-4)).Add(x => x.Ago, true)).Find("time");
        Assert.Equal("4 min ago", moment.TextContent);
        Assert.Equal("2026-11-20 12:56:00.000 +01:00 Europe/Berlin", moment.GetAttribute("title"));
        Assert.Equal("ago", moment.GetAttribute("data-tick"));
    }

    [Fact]
    public void Many_slots_are_drawn_to_scale()
    {
        var strip = Render<SlotStrip>(p => p.Add(x => x.Slots, 400).Add(x => x.Busy, 100)).Find(".slots");
        Assert.Equal("--n:40;--on:10", strip.GetAttribute("style"));
        Assert.Equal("100 of 400 slots busy", strip.GetAttribute("aria-label"));
    }

    [Fact]
    public void Markup_in_an_exception_is_text()
    {
        var view = Render<ExceptionView>(p => p.Add(x => x.Type, "<img src=x onerror=alert(1)>").Add(x => x.Message, "<script>alert(1)</script>\u202E\ud800").Add(x => x.Details, "   at <b>A</b>.B()"));
        Assert.Empty(view.FindAll("img, script, b b, .own b"));
        Assert.Contains("<script>alert(1)</script>\uFFFD\uFFFD", view.Find(".message").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_in_arguments_is_text() =>
        Assert.Empty(Render<JsonView>(p => p.Add(x => x.Json, """{"<b>k</b>":"<script>alert(1)</script>"}""")).FindAll("b, script"));

    [Fact]
    public void The_action_bar_is_there_only_with_a_selection()
    {
        var cleared = false;
        var bar = Render<ActionBar>(p => p.Add(x => x.Count, 0).Add(x => x.OnClear, () => cleared = true));
        Assert.Empty(bar.FindAll(".action-bar"));
        bar.Render(p => p.Add(x => x.Count, 3));
        Assert.Contains("3 selected", bar.Find(".action-bar").TextContent, StringComparison.Ordinal);
        bar.Find("[aria-label='Clear the selection']").Click();
        Assert.True(cleared);
    }

    [Fact]
    public void A_stale_page_says_since_when_and_why()
    {
        var banner = Render<StaleBanner>(p => p.AddCascadingValue(new ViewerTime(_time)).Add(x => x.Since, _time.GetUtcNow().AddSeconds(-48)).Add(x => x.Cause, "Redis refused the connection"));
        Assert.Contains("48 s ago", banner.Markup, StringComparison.Ordinal);
        Assert.Contains("Redis refused the connection", banner.Markup, StringComparison.Ordinal);
        banner.Render(p => p.Add(x => x.Since, null));
        Assert.Empty(banner.FindAll(".stale-banner"));
    }
}
