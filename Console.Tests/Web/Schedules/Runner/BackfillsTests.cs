using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Runner;
using static OpsConsole.Tests.Web.Schedules.Runner.Plans;

namespace OpsConsole.Tests.Web.Schedules.Runner;

public class BackfillsTests
{
    private readonly Backfills _backfills = new();
    private readonly HashSet<OccurrenceId> _onTheirWay = [];

    [Fact]
    public void Those_that_wait_go_one_after_the_other()
    {
        var rows = Rows(OverlapPolicy.BufferAll, 3);
        Take(rows);

        Assert.Equal([rows[0]], Next());
        Assert.Empty(Next());
        _backfills.Ended([rows[0].Identity]);
        Assert.Equal([rows[1]], Next());
    }

    [Fact]
    public void Those_that_do_not_wait_go_together_but_not_more_than_the_queue_takes_in()
    {
        var rows = Rows(OverlapPolicy.AllowAll, 1_500);
        Take(rows);

        var first = Next();
        Assert.Equal(1_000, first.Count);
        Assert.Empty(Next());
        _onTheirWay.Clear();
        Assert.Equal(500, Next().Count);
    }

    [Fact]
    public void Two_backfills_of_one_schedule_do_not_wait_for_each_other()
    {
        var (one, other) = (Rows(OverlapPolicy.BufferAll, 2), Rows(OverlapPolicy.BufferAll, 2));
        Take([.. one, .. other]);

        Assert.Equal(2, Next().Count);
    }

    [Fact]
    public void What_is_read_again_is_not_made_again_while_it_is_on_its_way()
    {
        var rows = Rows(OverlapPolicy.BufferAll, 2);
        Take(rows);
        Next();

        Take(rows);

        Assert.Empty(Next());
    }

    [Fact]
    public void What_found_no_room_is_tried_again_when_it_is_read_again()
    {
        var rows = Rows(OverlapPolicy.BufferAll, 2);
        Take(rows);
        Next();
        _onTheirWay.Clear();

        Take(rows);

        Assert.Equal([rows[0]], Next());
    }

    [Fact]
    public void After_a_takeover_the_next_waits_for_the_one_that_has_a_job()
    {
        var rows = Rows(OverlapPolicy.BufferAll, 2);
        rows[0].EnqueuedAt = Noon;
        Take(rows);

        Assert.Empty(Next());
        _backfills.Ended([rows[0].Identity]);
        Assert.Equal([rows[1]], Next());
    }

    private void Take(IEnumerable<Occurrence> rows) => _backfills.Take(rows, _onTheirWay.Contains);

    private IReadOnlyList<Occurrence> Next()
    {
        var next = _backfills.TakeNext(_onTheirWay.Contains);
        _onTheirWay.UnionWith(next.Select(row => row.Identity));
        return next;
    }

    private static IReadOnlyList<Occurrence> Rows(OverlapPolicy overlap, int count) => BackfillPlan.Rows(
        1, new ScheduleBackfill { Id = Guid.NewGuid(), ScheduleId = Id, Overlap = overlap, RequestedAt = Noon, RequestedBy = "ada" }, [.. Enumerable.Range(0, count).Select(day => Noon.AddDays(-day - 1)).Order()]);
}
