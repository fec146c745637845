using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Runner;
using static OpsConsole.Data.Schedules.OccurrenceState;
using static OpsConsole.Tests.Web.Schedules.Runner.Plans;

namespace OpsConsole.Tests.Web.Schedules.Runner;

public class BackfillPlanTests
{
    [Theory]
    [InlineData(OverlapPolicy.AllowAll, 5, 0, 0)]
    [InlineData(OverlapPolicy.BufferAll, 1, 4, 0)]
    [InlineData(OverlapPolicy.BufferOne, 1, 1, 3)]
    [InlineData(OverlapPolicy.Skip, 1, 0, 4)]
    [InlineData(OverlapPolicy.CancelOther, 1, 0, 4)]
    public void Its_own_overlap_policy_decides(OverlapPolicy overlap, int pending, int buffered, int skipped)
    {
        var rows = BackfillPlan.Rows(4, Request(overlap), [.. Enumerable.Range(0, 5).Select(day => Noon.AddDays(day))]);

        Assert.Equal((pending, buffered, skipped), (rows.Count(row => row.State == Pending), rows.Count(row => row.State == Buffered), rows.Count(row => row.State == Skipped)));
        Assert.Equal(BackfillPlan.Runs(overlap, 5), rows.Count(row => row.IsOpen));
        Assert.All(rows, row => Assert.Equal((OccurrenceKind.Backfill, 4, "Ada", Noon.AddDays(9)), (row.Kind, row.Version, row.RequestedBy, row.DueAt)));
    }

    [Theory]
    [InlineData(OverlapPolicy.CancelOther, 4)]
    [InlineData(OverlapPolicy.Skip, 0)]
    public void Of_those_that_exclude_each_other_the_last_or_the_first_is_run(OverlapPolicy overlap, int day)
    {
        var rows = BackfillPlan.Rows(4, Request(overlap), [.. Enumerable.Range(0, 5).Select(day => Noon.AddDays(day))]);

        Assert.Equal(Noon.AddDays(day), rows.Single(row => row.State == Pending).NominalAt);
    }

    private static ScheduleBackfill Request(OverlapPolicy overlap) =>
        new() { Id = Guid.NewGuid(), ScheduleId = Id, Overlap = overlap, RequestedAt = Noon.AddDays(9), RequestedBy = "Ada" };
}
