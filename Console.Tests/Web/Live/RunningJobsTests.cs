using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

public class RunningJobsTests
{
    private readonly Story _story = new();
    private readonly RunningJobs _running = new();
    private readonly JobNames _names = new();

    [Fact]
    public void A_job_runs_from_its_start_to_its_end_and_shows_its_progress()
    {
        Apply(_story.Started("a"));
        Apply(_story.Event(JobEventKinds.Progress, "a", details: new { percent = 40.0, text = "page 4 of 10" }));

        var job = Assert.Single(_running.Longest(10));
        Assert.Equal(("a", "Orders.Ship", 40.0, "page 4 of 10"), (job.Id, job.Name, job.Percent, job.Text));

        Apply(_story.Succeeded("a"));
        Assert.Empty(_running.Longest(10));
    }

    [Fact]
    public void A_list_read_earlier_does_not_bring_back_a_job_that_ended_since()
    {
        Apply(_story.Started("a"));
        var readAt = StreamPosition.Parse(_story.Position);
        Apply(_story.Succeeded("a"));
        Apply(_story.Started("b"));

        _running.Reset([Record("a")], readAt);

        Assert.Equal("b", Assert.Single(_running.Longest(10)).Id);
    }

    [Fact]
    public void A_job_that_redis_no_longer_knows_as_running_disappears()
    {
        Apply(_story.Started("a"));
        _running.Reset([Record("hangfire")], StreamPosition.Parse(_story.Position));

        Assert.Equal("hangfire", Assert.Single(_running.Longest(10)).Id);
    }

    [Fact]
    public void The_longest_running_come_first_and_busy_slots_are_counted_by_worker()
    {
        foreach (var id in (string[])["old", "young"])
        {
            Apply(_story.Started(id));
            _story.Now = _story.Now.AddSeconds(5);
        }

        Assert.Equal(["old", "young"], _running.Longest(10).Select(job => job.Id));
        Assert.Equal(2, _running.BusyByWorker()!["w:1:a"]);
    }

    [Fact]
    public void What_is_left_follows_from_the_pace_so_far()
    {
        var job = new RunningJob { Id = "a", Name = "n", StartedAt = Story.Noon, Percent = 25 };

        Assert.Equal(TimeSpan.FromSeconds(30), job.Left(Story.Noon.AddSeconds(10)));
        Assert.Null((job with { Percent = null }).Left(Story.Noon.AddSeconds(10)));
    }

    private void Apply(JobEvent e) => _running.Apply(e, StreamPosition.Parse(e.Position), _names);

    private static JobRecord Record(string id) => new() { Id = id, Name = id, State = JobState.Processing, StateAt = Story.Noon };
}
