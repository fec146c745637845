using OpsConsole.Data.Schedules;
using OpsConsole.Web.Schedules.Runner;
using static OpsConsole.Tests.Web.Schedules.Runner.Plans;

namespace OpsConsole.Tests.Web.Schedules.Runner;

public class OutcomeCountTests
{
    [Theory]
    [InlineData("F", 1, 0)]
    [InlineData("FF", 2, 0)]
    [InlineData("FFF", 3, 1)]
    [InlineData("FFSFF", 2, 0)]
    [InlineData("FFDF", 3, 1)]
    [InlineData("FFFFFF", 6, 2)]
    public void Failures_in_a_row_are_counted_in_the_order_of_the_ends(string ends, int inRow, int pauses)
    {
        var (rows, failed) = OutcomeCount.Of(Set(), Settled(ends, OccurrenceKind.Planned).Reverse());

        Assert.Equal((inRow, pauses), (rows[^1].FailuresInRow, failed.Count));
    }

    [Theory]
    [InlineData(OccurrenceKind.Manual)]
    [InlineData(OccurrenceKind.Backfill)]
    public void What_operators_start_does_not_count(OccurrenceKind kind)
    {
        var (rows, failed) = OutcomeCount.Of(Set(failures: 2), Settled("FFF", kind));

        Assert.Empty(failed);
        Assert.All(rows, row => Assert.Equal(2, row.FailuresInRow));
    }

    [Fact]
    public void A_paused_schedule_is_not_paused_again() =>
        Assert.Empty(OutcomeCount.Of(Set(pause: new RunnerPause(Noon, "Ada", null)), Settled("FFF", OccurrenceKind.Planned)).Failed);

    [Fact]
    public void The_pause_names_the_job_that_failed_last()
    {
        var failed = Assert.Single(OutcomeCount.Of(Set(), Settled("FFF", OccurrenceKind.Planned)).Failed);

        Assert.Equal((3, IdOf(Noon.AddMinutes(2)).JobId), (failed.Failures, failed.LastJobId));
    }

    private static RunnerSet Set(int failures = 0, RunnerPause? pause = null)
    {
        var set = new RunnerSet();
        var entry = Every(60, with: plan => plan with { PauseAfterFailures = 3 });
        (entry.FailuresInRow, entry.Pause) = (failures, pause);
        set.Put(entry);
        return set;
    }

    private static IEnumerable<Settlement> Settled(string ends, OccurrenceKind kind) => ends.Select((end, minute) =>
    {
        var row = new Occurrence { ScheduleId = Id, NominalAt = Noon.AddMinutes(minute), Kind = kind, IsOpen = true };
        var outcome = end switch { 'F' => JobOutcome.Failed, 'S' => JobOutcome.Succeeded, _ => JobOutcome.Deleted };
        return new Settlement(row, new SettledRow(row.Identity, outcome, null, Noon.AddMinutes(minute), 1, false, 0));
    });
}
