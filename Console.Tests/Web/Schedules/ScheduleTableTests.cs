using Bunit;
using OpsConsole.Data.Schedules;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Schedules;
using OpsConsole.Web.Schedules.Details;
using OpsConsole.Web.Schedules.List;
using OpsConsole.Web.Schedules.Runner;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Schedules;

public sealed class ScheduleTableTests : BunitContext
{
    private const string Hostile = "<img src=x onerror=alert(1)>\u202Ebad";
    private readonly ViewerTime _viewer = new(new FakeTime(Sample.Now));

    private IRenderedComponent<ScheduleTable> Table(params ScheduleRow[] rows) => Render<ScheduleTable>(p => p.AddCascadingValue(_viewer)
        .Add(x => x.Rows, [.. rows.Select(row => new HeldRow<ScheduleRow>(row.Id.ToString(), row, false))]));

    private static ScheduleRow Row(Schedule schedule, params IReadOnlyList<Occurrence> recent) =>
        new(schedule, "Every day at 03:00, Europe/Paris", ScheduleStandings.Of(schedule, Sample.Now), recent, false);

    [Fact]
    public void A_row_says_what_runs_when_what_came_of_it_and_how_it_stands()
    {
        var row = Table(Row(Sample.Schedule(), Sample.Ran(2), Sample.Ran(1, outcome: JobOutcome.Failed))).Find("tbody tr");
        Assert.Equal("billing cut-off", row.QuerySelector(".c-name a")!.TextContent);
        Assert.Equal($"/schedules/{Sample.Id:D}", row.QuerySelector(".c-name a")!.GetAttribute("href"));
        Assert.Equal("Every day at 03:00, Europe/Paris", row.QuerySelector(".c-name .under")!.TextContent);
        Assert.Equal("in 20 min", row.QuerySelector(".c-next time")!.TextContent);
        Assert.Contains("Failed", row.QuerySelector(".c-last")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Last 2: 1 succeeded, 1 failed; newest: failed.", row.QuerySelector(".strip")!.GetAttribute("aria-label"));
        Assert.Contains("On", row.QuerySelector(".c-state")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_paused_row_says_by_whom_why_and_until_when()
    {
        var paused = Sample.Schedule();
        (paused.PausedAt, paused.PausedBy, paused.PauseNote, paused.PausedUntil) = (Sample.Now.AddHours(-1), "ada@example.org", Hostile, Sample.Now.AddHours(3));
        var table = Table(Row(paused));
        Assert.StartsWith("ada: <img src=x", table.Find(".c-state .under").TextContent, StringComparison.Ordinal);
        Assert.Equal("resumes 15:00", table.Find(".c-next time").TextContent);
        Assert.Empty(table.FindAll("img"));
        Assert.DoesNotContain("\u202E", table.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Missed_moments_and_drift_are_marked()
    {
        var table = Table(Row(Sample.Schedule(), Sample.Without(OccurrenceState.Missed, 2), Sample.Without(OccurrenceState.FailedToEnqueue, 1)) with { HasDrifted = true });
        Assert.Equal(["2 missed", "drifted"], table.FindAll(".c-name .chip").Select(chip => chip.TextContent));
    }

    [Fact]
    public void A_row_that_nobody_fires_is_overdue()
    {
        var schedule = Sample.Schedule();
        (schedule.Cursor!.NextNominalAt, schedule.Cursor.NextDueAt) = (Sample.Now.AddHours(-1), Sample.Now.AddHours(-1));
        Assert.Contains("Overdue", Table(Row(schedule)).Find("td.c-state").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Banners_say_what_is_wrong_and_are_silent_when_nothing_is()
    {
        IRenderedComponent<ScheduleBanners> Banners(Schedule schedule, params IReadOnlyList<Occurrence> misses) => Render<ScheduleBanners>(p => p.AddCascadingValue(_viewer)
            .Add(x => x.Schedule, schedule).Add(x => x.Standing, ScheduleStandings.Of(schedule, Sample.Now)).Add(x => x.Misses, misses));
        Assert.Empty(Banners(Sample.Schedule()).FindAll(".note"));
        var wrong = Banners(Sample.Schedule(), Sample.Without(OccurrenceState.Missed, 1, Hostile)).Find(".note").TextContent;
        Assert.Contains("1 occurrence was missed", wrong, StringComparison.Ordinal);
        Assert.Contains("<img src=x", wrong, StringComparison.Ordinal);
        var itself = Sample.Schedule();
        (itself.PausedAt, itself.PausedBy) = (Sample.Now, ScheduleActor.Name);
        Assert.Contains("It has paused itself", Banners(itself).Find(".note").TextContent, StringComparison.Ordinal);
        itself.DeletedAt = Sample.Now;
        Assert.Contains("was deleted", Assert.Single(Banners(itself).FindAll(".note")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Policies_are_told_in_sentences()
    {
        var definition = Sample.Definition() with { Overlap = OverlapPolicy.BufferAll, BufferLimit = 1_000, CatchUp = new CatchUp { Mode = CatchUpMode.Latest, WindowSeconds = 43_200 }, Deadline = new TimeOnly(6, 0) };
        Assert.Equal("Each waits for the one before it, at most 1,000.", PolicyWords.Overlap(definition));
        Assert.Equal("Runs the latest once, if it is younger than 12 h.", PolicyWords.CatchUp(definition.CatchUp));
        Assert.Equal("Finished by 06:00, by the schedule's clock.", PolicyWords.Deadline(definition.Deadline!.Value));
        Assert.Equal("3 of 10 runs done.", PolicyWords.Runs(10, 3));
        Assert.All(Enum.GetValues<OverlapPolicy>(), overlap => Assert.NotEmpty(PolicyWords.Overlap(definition with { Overlap = overlap }) + PolicyWords.Name(overlap)));
    }
}
