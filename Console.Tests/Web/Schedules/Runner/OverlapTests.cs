using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Runner;
using static OpsConsole.Data.Schedules.OccurrenceState;
using static OpsConsole.Tests.Web.Schedules.Runner.Plans;

namespace OpsConsole.Tests.Web.Schedules.Runner;

/// <summary>A moment is due while jobs of earlier ones have not ended.</summary>
public class OverlapTests
{
    private static readonly DateTimeOffset Earlier = Noon.AddMinutes(-10);

    [Theory]
    [InlineData(OverlapPolicy.Skip, 0, Skipped, "The job of 2026-11-20 11:50:00 UTC had not ended.")]
    [InlineData(OverlapPolicy.BufferOne, 0, Buffered, "Waited for the job of 2026-11-20 11:50:00 UTC to end.")]
    [InlineData(OverlapPolicy.BufferOne, 1, Skipped, "The job of an earlier one had not ended, and another one waited for it already.")]
    [InlineData(OverlapPolicy.BufferAll, 0, Buffered, "Waited for the job of 2026-11-20 11:50:00 UTC to end.")]
    [InlineData(OverlapPolicy.BufferAll, 2, Buffered, "Waited for the job of 2026-11-20 11:50:00 UTC to end.")]
    [InlineData(OverlapPolicy.BufferAll, 3, Skipped, "The job of an earlier one had not ended, and 3 others waited for it already.")]
    [InlineData(OverlapPolicy.CancelOther, 0, Buffered, "Had the job of 2026-11-20 11:50:00 UTC cancelled, and waited for its end.")]
    [InlineData(OverlapPolicy.CancelOther, 1, Buffered, "Had the job of 2026-11-20 11:50:00 UTC cancelled, and waited for its end.")]
    [InlineData(OverlapPolicy.AllowAll, 0, Pending, null)]
    public void It_is_what_the_policy_says(OverlapPolicy overlap, int waiting, OccurrenceState state, string? cause)
    {
        var entry = Busy(overlap, waiting);

        var decision = FirePolicy.Decide(entry, Noon);

        var row = Assert.Single(decision.Occurrences);
        Assert.Equal((state, cause, state is Pending or Buffered), (row.State, row.Cause, row.IsOpen));
        Assert.Equal(state is Pending or Buffered ? 1 : 0, decision.Runs);
    }

    [Theory]
    [InlineData(OverlapPolicy.Skip)]
    [InlineData(OverlapPolicy.BufferOne)]
    [InlineData(OverlapPolicy.BufferAll)]
    [InlineData(OverlapPolicy.CancelOther)]
    public void With_nothing_unfinished_it_is_run(OverlapPolicy overlap)
    {
        var decision = FirePolicy.Decide(Every(60, with: plan => plan with { Overlap = overlap }), Noon);

        Assert.Equal([Pending], decision.Occurrences.Select(row => row.State));
    }

    // Moments of 12:00:00, 12:00:10, 12:00:20 and 12:00:30 are decided in one go.
    [Theory]
    [InlineData(OverlapPolicy.Skip, 1, 0, 3)]
    [InlineData(OverlapPolicy.BufferOne, 1, 1, 2)]
    [InlineData(OverlapPolicy.BufferAll, 1, 2, 1)]
    [InlineData(OverlapPolicy.CancelOther, 1, 3, 0)]
    [InlineData(OverlapPolicy.AllowAll, 4, 0, 0)]
    public void Moments_that_are_due_together_overlap_each_other(OverlapPolicy overlap, int pending, int buffered, int skipped)
    {
        var decision = FirePolicy.Decide(Every(10, with: plan => plan with { Overlap = overlap, BufferLimit = 2 }), Noon.AddSeconds(35));

        var counts = decision.Counts();
        Assert.Equal((pending, buffered, skipped), (counts.GetValueOrDefault(Pending), counts.GetValueOrDefault(Buffered), counts.GetValueOrDefault(Skipped)));
    }

    private static RunnerEntry Busy(OverlapPolicy overlap, int waiting)
    {
        var entry = Every(60, with: plan => plan with { Overlap = overlap, BufferLimit = 3 });
        entry.Unfinished = [IdOf(Earlier)];
        entry.Waiting = new(Enumerable.Range(1, waiting).Select(minute => Waiting(Earlier.AddMinutes(minute))));
        return entry;
    }
}
