using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

public class FleetCountsTests
{
    private readonly Story _story = new();
    private readonly FleetCounts _counts = new();

    [Fact]
    public void Events_move_depth_and_running_on_from_the_snapshot()
    {
        _counts.Reset(_story.Snapshot(new QueueRecord { Name = "default", Depth = 5, Running = 1 }));

        Apply(_story.Enqueued("a"), _story.Enqueued("b"), _story.Started("c"), _story.Succeeded("d"));

        var queue = Assert.Single(_counts.Queues);
        Assert.Equal((6, 1), (queue.Depth, queue.Running));
        Assert.Equal((6, 1, 1), (_counts.Of(JobState.Enqueued), _counts.Of(JobState.Processing), _counts.Of(JobState.Succeeded)));
    }

    [Fact]
    public void An_event_that_the_snapshot_includes_is_not_counted_twice()
    {
        var known = _story.Enqueued("a");
        _counts.Reset(_story.Snapshot(new QueueRecord { Name = "default", Depth = 1 }));

        Apply(known);

        Assert.Equal(1, Assert.Single(_counts.Queues).Depth);
    }

    [Fact]
    public void Events_that_came_before_an_older_snapshot_are_counted_on_top_of_it()
    {
        _counts.Reset(_story.Snapshot(new QueueRecord { Name = "default", Depth = 1 }));
        var older = _story.Snapshot(new QueueRecord { Name = "default", Depth = 7 });
        Apply(_story.Enqueued("late"));

        _counts.Reset(older);

        Assert.Equal(8, Assert.Single(_counts.Queues).Depth);
    }

    [Fact]
    public void A_queue_that_only_events_name_is_there_before_the_next_snapshot()
    {
        _counts.Reset(_story.Snapshot());

        Apply(_story.Enqueued("a", "fresh"));

        Assert.Equal(("fresh", 1), Assert.Single(_counts.Queues.Select(queue => (queue.Record.Name, queue.Depth))));
    }

    [Fact]
    public void A_count_never_shows_less_than_nothing()
    {
        _counts.Reset(_story.Snapshot(new QueueRecord { Name = "default" }));

        Apply(_story.Started("a"), _story.Succeeded("b"), _story.Succeeded("c"));

        var queue = Assert.Single(_counts.Queues);
        Assert.Equal((0, 0, 0), (queue.Depth, queue.Running, _counts.Of(JobState.Enqueued)));
    }

    private void Apply(params JobEvent[] events)
    {
        foreach (var e in events)
            _counts.Apply(e, StreamPosition.Parse(e.Position));
    }
}
