using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Live;

namespace OpsConsole.Tests.Web.Live;

public class FleetBoardTests
{
    private readonly Story _story = new();
    private readonly FleetBoard _board = new(new FakeTime());

    [Fact]
    public void Until_the_first_snapshot_the_board_says_that_it_knows_nothing() => Assert.False(_board.Current.IsReady);

    [Fact]
    public void An_end_is_in_the_totals_the_counts_and_the_series()
    {
        _board.Apply(_story.Snapshot(new QueueRecord { Name = "default", Depth = 1 }));
        _board.Apply([_story.Started("a"), _story.Succeeded("a")]);
        _story.Now = _story.Now.AddSeconds(10);
        _board.Apply(_story.Snapshot(new QueueRecord { Name = "default" }) with { Counts = Story.Counts(succeeded: 1) });
        _board.Publish();

        var view = _board.Current;
        Assert.Equal((1, 1), (view.Totals.Succeeded, view.Of(JobState.Succeeded)));
        Assert.Equal((6, ""), (view.Ranges["15m"].Chart.Top, view.Ranges["15m"].Chart.FailedLine));
        Assert.EndsWith("720 0", view.Ranges["15m"].Chart.SucceededLine, StringComparison.Ordinal);
        Assert.Equal(1, view.Ranges["15m"].SucceededCount);
        Assert.InRange(view.Ranges["15m"].Wait.Value!.Value, 0.008, 0.012);
    }

    [Fact]
    public void The_same_event_read_twice_counts_once()
    {
        _board.Apply(_story.Snapshot());
        var end = _story.Succeeded("a");

        _board.Apply([end]);
        _board.Apply([end]);
        _board.Publish();

        Assert.Equal(1, _board.Current.Totals.Succeeded);
    }

    [Fact]
    public void Jobs_of_hosts_without_events_are_counted_from_the_totals_of_snapshots()
    {
        _board.Apply(_story.Snapshot() with { Counts = Story.Counts(succeeded: 100) });
        _story.Now = _story.Now.AddSeconds(1);
        _board.Apply([_story.Succeeded("ours")]);
        _board.Apply(_story.Snapshot() with { Counts = Story.Counts(succeeded: 108, failed: 2) });
        _board.Publish();

        var range = _board.Current.Ranges["15m"];
        Assert.Equal((8, 2), (range.SucceededCount, range.FailedCount));
    }

    [Fact]
    public void What_came_before_the_first_known_moment_is_not_compared()
    {
        _board.Apply(_story.Snapshot());
        _board.Publish();

        Assert.Null(_board.Current.Ranges["15m"].Succeeded.Before);
    }

    [Fact]
    public void A_range_is_compared_with_the_stretch_before_it_once_that_is_known_in_full()
    {
        _board.KnownSince(Story.Noon);
        for (var minute = 0; minute < 30; minute++, _story.Now = _story.Now.AddMinutes(1))
            _board.Apply([.. Enumerable.Range(0, minute < 15 ? 30 : 60).Select(job => _story.Succeeded($"{minute}-{job}"))]);
        _board.Apply(_story.Snapshot());
        _board.Publish();

        var succeeded = _board.Current.Ranges["15m"].Succeeded;
        Assert.Equal((60, 30), (Math.Round(succeeded.Value!.Value), Math.Round(succeeded.Before!.Value)));
    }

    [Fact]
    public void A_queue_lists_who_serves_it_and_says_when_that_is_a_hangfire_server()
    {
        _board.Apply(_story.Snapshot(new QueueRecord { Name = "default" }) with
        {
            Workers =
            [
                new WorkerRecord { Id = "ours:1:x", Name = "ours:1", IsOurs = true, Slots = 4, Queues = ["default"], HeartbeatAt = _story.Now },
                new WorkerRecord { Id = "theirs:2:y", Name = "theirs:2", Slots = 20, Queues = ["default"], HeartbeatAt = _story.Now },
            ],
        });
        _board.Publish();

        var queue = _board.Current.Queue("default")!;
        Assert.Equal((2, true, 24), (queue.Consumers.Count, queue.HasHangfire, _board.Current.Slots));
    }

    [Fact]
    public void Slots_fill_with_events_before_the_next_heartbeat()
    {
        _board.Apply(_story.Snapshot() with { Workers = [new WorkerRecord { Id = "w:1:a", Name = "w:1", IsOurs = true, Slots = 4, HeartbeatAt = _story.Now }] });
        _board.Apply([_story.Started("a"), _story.Started("b")]);
        _board.Publish();

        Assert.Equal(2, _board.Current.Worker("w:1:a")!.Busy);
    }

    [Fact]
    public void Before_the_first_event_the_hour_counters_stand_in()
    {
        _story.Now = Story.Noon.AddMinutes(30);
        _board.Apply(_story.Snapshot());
        _board.ApplyHours([new HourlyCount(Story.Noon.AddHours(-1), 61, 3), new HourlyCount(Story.Noon, 120, 0)]);
        _board.KnownSince(_story.Now);
        _board.Publish();

        var range = _board.Current.Ranges["6h"];
        Assert.Equal((61 + 60, 3), (range.SucceededCount, range.FailedCount));
        Assert.Equal((Story.Noon.AddHours(-1), _story.Now), (range.KnownSince, range.EventsSince));
    }
}
