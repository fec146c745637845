using Bunit;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Jobs;
using OpsConsole.Web.Jobs.Search;
using OpsConsole.Web.Jobs.Views;
using OpsConsole.Web.Shell;

namespace OpsConsole.Tests.Web.Jobs;

public sealed class JobRowTests : BunitContext
{
    private const string Hostile = "<script>alert(1)</script>\u202E\ud800";

    private static JobRecord Job(JobState state, string id = "1", string name = "reports.generate") => new() { Id = id, State = state, StoredState = state.ToString(), Name = name };

    [Fact]
    public void Arguments_are_summed_up_without_what_the_worker_fills_in() => Assert.Equal(
        """{ report: "margin", stores: [1,2] }""",
        ArgumentSummary.Of([new JobArgument("report", "System.String", "\"margin\""), new JobArgument("stores", "System.Int32[]", "[1,2]"), new JobArgument("context", "OpsConsole.Jobs.JobContext", "null")]));

    [Fact]
    public void A_megabyte_of_arguments_is_a_short_line()
    {
        var line = ArgumentSummary.Of([new JobArgument("data", "System.String", new string('x', 1024 * 1024))]);
        Assert.InRange(line.Length, 100, 170);
        Assert.EndsWith("…", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_in_a_row_is_markup()
    {
        var table = Render<JobsTable>(p => p
            .Add(x => x.Rows, [JobRow.Of(Job(JobState.Failed, Hostile, Hostile) with { Queue = Hostile, Worker = Hostile, ErrorType = Hostile, ErrorMessage = Hostile, Defects = [Hostile], Arguments = [new JobArgument(Hostile, "", Hostile)] })])
            .Add(x => x.Selected, new HashSet<string>()));
        Assert.Empty(table.FindAll("script"));
        Assert.DoesNotContain('\u202E', table.Markup);
        Assert.DoesNotContain('\ud800', table.Find("tbody").TextContent);
        Assert.Single(table.FindAll(".defect"));
    }

    [Fact]
    public void Selecting_a_row_names_its_job()
    {
        var toggled = "";
        var table = Render<JobsTable>(p => p.Add(x => x.Rows, [JobRow.Of(Job(JobState.Failed, "a")), JobRow.Of(Job(JobState.Succeeded, "b"))]).Add(x => x.Selected, new HashSet<string> { "a" }).Add(x => x.OnToggle, (string id) => toggled = id));
        Assert.Contains("some", table.Find("thead input").ClassName, StringComparison.Ordinal);
        table.FindAll("tbody input")[1].Change(true);
        Assert.Equal("b", toggled);
    }

    [Theory]
    [InlineData(JobState.Processing, "is running")]
    [InlineData(JobState.Enqueued, "waits in queue")]
    [InlineData(JobState.Failed, null)]
    [InlineData(JobState.Quarantined, null)]
    [InlineData(JobState.Scheduled, null)]
    public void A_retry_that_is_not_possible_says_why(JobState state, string? why)
    {
        var said = JobRules.WhyNotRetry(Job(state));
        if (why is null) Assert.Null(said);
        else Assert.Contains(why, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_honest_about_how_far_it_looked()
    {
        var (failed, both) = (SearchPlan.Of(Queries.Of("state:failed")), SearchPlan.Of(Queries.Of("type:reports.*")));
        Assert.Contains("Looked at 5,000 of 36,904", JobListWords.Of(new SearchPage { Plan = failed, LiveTotal = 36_904, LiveScanned = 5_000, IsLiveCut = true }, JobState.Failed, null), StringComparison.Ordinal);
        Assert.Equal("36,904 jobs as they stand now, next to run first.", JobListWords.Of(new SearchPage { Plan = failed, LiveTotal = 36_904, Next = SearchCursor.Start }, JobState.Enqueued, null));
        Assert.Equal("More than 10,000 past attempts and live jobs, newest first.", JobListWords.Of(new SearchPage { Plan = both }, null, new FoundCount(10_000, true)));
        var viewer = new ViewerTime(new FakeTime());
        viewer.Use("Europe/Berlin");
        Assert.Contains("Searched back to 2026-11-14 04:00:00;", JobListWords.LeftOut(new SearchPage { Plan = both, IsBounded = true, SearchedBackTo = Queries.Now.AddDays(-7) }, viewer), StringComparison.Ordinal);
        Assert.Contains("The history does not answer", JobListWords.LeftOut(new SearchPage { Plan = both, IsHistoryAway = true }, viewer), StringComparison.Ordinal);
        Assert.Equal("", JobListWords.LeftOut(new SearchPage { Plan = both }, viewer));
    }

    [Fact]
    public void A_retry_in_the_history_is_told_without_repeating_the_failure()
    {
        var at = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        var entry = new StateEntry(JobState.Scheduled, "Scheduled", at, "Retry attempt 1 of 3: There is no file.", new Dictionary<string, string> { ["EnqueueAt"] = at.AddSeconds(60).ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture) });
        Assert.Equal(JobState.Retrying, StateWords.StateOf(entry));
        Assert.Equal("due after 1 min 00 s; Retry attempt 1 of 3", StateWords.Of(entry));
    }

    [Fact]
    public void Half_there_jobs_say_so()
    {
        var note = Render<JobDefects>(p => p.Add(x => x.Job, Job(JobState.Unknown) with { Defects = ["The state hash is missing."] }));
        Assert.Contains("The state hash is missing.", note.Markup, StringComparison.Ordinal);
    }
}
