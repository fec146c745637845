using Bunit;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.Details;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Schedules;

public sealed class ScheduleComponentTests : BunitContext
{
    private const string Hostile = "<img src=x onerror=alert(1)>\u202Ebad\ud800";
    private readonly ViewerTime _viewer = new(new FakeTime(Sample.Now));

    [Fact]
    public void A_strip_is_one_drawing_with_its_words()
    {
        var strip = Render<OccurrenceStrip>(p => p.Add(x => x.Occurrences, [Sample.Ran(3), Sample.Without(OccurrenceState.Missed, 2), Sample.Ran(1)]));
        Assert.Equal("Last 3: 2 succeeded, 1 missed; newest: succeeded.", strip.Find("[role=img]").GetAttribute("aria-label"));
        Assert.Equal(3, strip.FindAll("path").Count);
        Assert.StartsWith("M136 0", strip.Find("path.state-succeeded").GetAttribute("d"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_strip_draws_the_newest_only()
    {
        var strip = Render<OccurrenceStrip>(p => p.Add(x => x.Occurrences, [.. Enumerable.Range(0, 30).Select(i => Sample.Ran(31 - i))]));
        Assert.Contains("Last 20: 20 succeeded", strip.Markup, StringComparison.Ordinal);
        Assert.Equal("", strip.Find("path.base").GetAttribute("d"));
    }

    [Fact]
    public void Bars_are_as_high_as_their_jobs_took_long_and_lead_to_them()
    {
        var bars = Render<OccurrenceBars>(p => p.AddCascadingValue(_viewer).Add(x => x.Occurrences, [Sample.Ran(3, 10), Sample.Ran(2, 20, JobOutcome.Failed), Sample.Without(OccurrenceState.Missed, 1, Hostile)]));
        Assert.Equal(["height:24px", "height:44px", "height:4px"], bars.FindAll("i").Select(bar => bar.GetAttribute("style")!));
        Assert.Equal(["/jobs/" + Sample.Ran(3).Identity.JobId, "/jobs/" + Sample.Ran(2).Identity.JobId], bars.FindAll("a").Select(link => link.GetAttribute("href")!));
        Assert.Contains("failed, ran 20 s", bars.FindAll("a")[1].GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Empty(bars.FindAll("img"));
    }

    [Fact]
    public void A_row_of_the_ledger_says_what_came_of_it_why_and_by_whom()
    {
        var manual = new Occurrence
        {
            ScheduleId = Sample.Id,
            NominalAt = Sample.Now.AddMinutes(-5),
            DueAt = Sample.Now.AddMinutes(-5),
            Origin = Guid.NewGuid(),
            Kind = OccurrenceKind.Manual,
            State = OccurrenceState.FailedToEnqueue,
            Cause = Hostile,
            RequestedBy = Hostile,
            Arguments = "{}",
            Version = 2,
        };
        var table = Render<LedgerTable>(p => p.AddCascadingValue(_viewer).Add(x => x.Occurrences, [manual, Sample.Ran(1, lateMs: 90_000, state: OccurrenceState.Late)]).Add(x => x.Version, 3));
        var rows = table.FindAll("tbody tr");
        Assert.Contains("by hand", rows[0].QuerySelector(".c-at")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No job", rows[0].QuerySelector(".c-fate")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("with other arguments · version 2", rows[0].QuerySelector(".c-cause")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1 min 30 s", rows[1].QuerySelector(".c-late span")!.TextContent);
        Assert.Empty(table.FindAll("img"));
    }

    [Fact]
    public void A_chart_has_marks_an_axis_with_units_and_words()
    {
        var chart = Render<RunTimeChart>(p => p.AddCascadingValue(_viewer).Add(x => x.Label, "Run time").Add(x => x.Measure, run => run.Duration)
            .Add(x => x.Runs, [Run(3, 10), Run(2, 95, JobOutcome.Failed), Run(1, 20), new RunTime(Sample.Now, TimeSpan.Zero, null, null)]));
        Assert.Equal(3, chart.FindAll(".mark").Count);
        Assert.Single(chart.FindAll(".mark .bad"));
        Assert.Equal(["0", "30 s", "60 s", "90 s", "2 min"], chart.FindAll(".y").Select(mark => mark.TextContent));
        Assert.Equal("Run time of the newest 3 runs: median 20 s, longest 1 min 35 s on Fri 20 Nov, 10:00, newest 20 s.", chart.Find("[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void A_chart_of_nothing_says_so() =>
        Assert.Contains("nothing measured yet", Render<RunTimeChart>(p => p.Add(x => x.Label, "Lateness").Add(x => x.Measure, run => run.Lateness).Add(x => x.Runs, [])).Markup, StringComparison.Ordinal);

    private static RunTime Run(int hoursAgo, double seconds, JobOutcome outcome = JobOutcome.Succeeded) =>
        new(Sample.Now.AddHours(-hoursAgo), TimeSpan.FromMilliseconds(8), TimeSpan.FromSeconds(seconds), outcome);

    [Theory]
    [InlineData(0.0005, "0 1 ms")]
    [InlineData(0.0042, "0 2 ms 4 ms 6 ms")]
    [InlineData(3, "0 1 s 2 s 3 s")]
    [InlineData(700, "0 5 min 10 min 15 min")]
    [InlineData(10_000_000, "0 35 d 70 d 105 d 140 d")]
    public void An_axis_has_a_handful_of_round_marks(double seconds, string marks) =>
        Assert.Equal(marks, string.Join(' ', ChartScale.Of(TimeSpan.FromSeconds(seconds)).Marks.Select(mark => mark.Text)));

    [Fact]
    public void Versions_say_who_and_why_and_all_but_the_one_in_force_can_be_brought_back()
    {
        var restored = 0;
        ScheduleVersion Version(int number, string why) => new() { ScheduleId = Sample.Id, Version = number, At = Sample.Now.AddDays(-number), By = "mara.lindt@example.org", Why = why, Definition = Sample.Definition() };
        var list = Render<VersionList>(p => p.AddCascadingValue(_viewer).Add(x => x.Current, 2).Add(x => x.MayRestore, true).Add(x => x.OnRestore, number => restored = number)
            .Add(x => x.Versions, [new VersionView(Version(2, Hostile), [new ChangedMember("when.cron[0]", "0 2 28 * *", Hostile)]), new VersionView(Version(1, "made"), null)]));
        Assert.Contains("in force", list.FindAll("li")[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("ML", list.Find(".avatar").TextContent);
        Assert.Contains("0 2 28 * *", list.Find("del").TextContent, StringComparison.Ordinal);
        list.Find("button").Click();
        Assert.Equal(1, restored);
        Assert.Empty(list.FindAll("img"));
    }
}
