using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

public class RecentFailuresTests
{
    private readonly Story _story = new();
    private readonly RecentFailures _failures = new();
    private readonly JobNames _names = new();

    [Fact]
    public void The_newest_failure_comes_first_and_a_job_has_one_row()
    {
        Apply(_story.Retrying("a"));
        Later(1);
        Apply(_story.Failed("b"));
        Later(1);
        Apply(_story.Failed("a"));

        Assert.Equal([("a", JobState.Failed), ("b", JobState.Failed)], _failures.Newest(10).Select(row => (row.Id, row.State)));
        Assert.Equal(("IOException", "disk full"), (_failures.Newest(1)[0].ShortError, _failures.Newest(1)[0].Message));
    }

    [Fact]
    public void A_failure_that_was_retried_by_hand_or_made_good_leaves_the_list()
    {
        Apply(_story.Failed("retried"));
        Apply(_story.Retrying("good"));
        Apply(_story.Event(JobEventKinds.Enqueued, "retried", before: "Failed"));
        Apply(_story.Succeeded("good"));

        Assert.Empty(_failures.Newest(10));
    }

    [Fact]
    public void Only_the_newest_hundred_are_kept()
    {
        for (var job = 0; job < 250; job++)
        {
            Apply(_story.Failed($"job{job}"));
            Later(1);
        }

        Assert.Equal(RecentFailures.Limit, _failures.Newest(1_000).Count);
        Assert.Equal("job249", _failures.Newest(1)[0].Id);
    }

    [Fact]
    public void A_reading_adds_what_no_event_told_and_drops_what_is_gone()
    {
        Apply(_story.Failed("kept"));
        Apply(_story.Failed("deleted elsewhere"));
        Later(10);

        _failures.Reset([Record("hangfire", _story.Now.AddSeconds(-1)), Record("kept", Story.Noon)], _story.Now);

        Assert.Equal(["hangfire", "kept"], _failures.Newest(10).Select(row => row.Id));
    }

    private void Apply(JobEvent e) => _failures.Apply(e, _names);

    private void Later(int seconds) => _story.Now = _story.Now.AddSeconds(seconds);

    private static JobRecord Record(string id, DateTimeOffset at) => new() { Id = id, Name = id, State = JobState.Failed, StateAt = at };
}
