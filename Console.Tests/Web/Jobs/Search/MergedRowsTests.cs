using OpsConsole.Data.History;
using OpsConsole.Data.History.Search;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Jobs.Search;

namespace OpsConsole.Tests.Web.Jobs.Search;

public class MergedRowsTests
{
    private static JobRecord Job(string id, double secondsAgo, JobState state = JobState.Processing) =>
        new() { Id = id, State = state, StoredState = state.ToString(), Name = "mail.send", StateAt = Queries.Now.AddSeconds(-secondsAgo) };

    private static AttemptPage Past(bool more, params AttemptSummary[] rows) => new(rows, more ? rows[^1].Key : null, Queries.Now.AddDays(-7), false);

    private static JobPage Live(params JobRecord[] jobs) => new() { Jobs = jobs };

    [Fact]
    public void Live_and_past_come_as_one_list_newest_first()
    {
        var merged = new MergedRows(Past(false, Queries.Attempt("b", 20), Queries.Attempt("d", 40)), Live(Job("a", 10), Job("c", 30)), 50);
        Assert.Equal(["a", "b", "c", "d"], merged.Rows.Select(row => row.Id));
        Assert.Equal((2, 2), (merged.LiveTaken, merged.PastTaken));
    }

    [Fact]
    public void A_page_takes_no_more_than_it_shows()
    {
        var merged = new MergedRows(Past(true, Queries.Attempt("b", 20), Queries.Attempt("d", 40)), Live(Job("a", 10), Job("c", 30)), 3);
        Assert.Equal(["a", "b", "c"], merged.Rows.Select(row => row.Id));
        Assert.Equal((2, 1), (merged.LiveTaken, merged.PastTaken));
    }

    [Fact]
    public void What_is_older_than_the_page_of_the_history_waits_for_a_later_page()
    {
        var merged = new MergedRows(Past(true, Queries.Attempt("b", 20)), Live(Job("a", 10), Job("old", 3_600)), 50);
        Assert.Equal(["a", "b"], merged.Rows.Select(row => row.Id));
        Assert.Equal(1, merged.LiveTaken);
    }

    [Fact]
    public void An_end_that_both_know_is_listed_once()
    {
        var merged = new MergedRows(Past(false, Queries.Attempt("a", 10.4)), Live(Job("a", 10, JobState.Succeeded), Job("z", 15, JobState.Succeeded)), 50);
        Assert.Equal([("a", true), ("z", false)], merged.Rows.Select(row => (row.Id, row.Past is not null)));
        Assert.Equal(2, merged.LiveTaken);
    }

    [Fact]
    public void An_attempt_tells_what_its_job_has_become_since()
    {
        var failed = Queries.Attempt("a", 60, AttemptOutcome.Failed);
        Assert.False(JobRow.Of(failed, Job("a", 60, JobState.Failed)).IsNews);
        Assert.True(JobRow.Of(failed, Job("a", 5, JobState.Succeeded)).IsNews);
        Assert.True(JobRow.Of(failed, Job("a", 5, JobState.Failed)).IsNews);
        Assert.False(JobRow.Of(failed, null).IsNews);
    }
}
