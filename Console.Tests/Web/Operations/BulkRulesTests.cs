using OpsConsole.Data.Operations;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Operations.Runner;

namespace OpsConsole.Tests.Web.Operations;

public class BulkRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(BulkCanary.Ask, BulkState.Waiting, false)]
    [InlineData(BulkCanary.Automatic, BulkState.Running, true)]
    public void A_step_that_went_well_asks_or_goes_on(BulkCanary canary, BulkState to, bool isNextStep)
    {
        var next = BulkRules.Next(Operation(canary) with { Step = 1, StepDone = 1, Done = 11, Cursor = 15, Counts = Counts(succeeded: 10, failed: 1), Recent = "sssssssssf" }, Now);

        Assert.Equal((to, isNextStep), (next!.To, next.IsNextStep));
    }

    [Fact]
    public void A_step_whose_jobs_still_run_is_waited_for() =>
        Assert.Null(BulkRules.Next(Operation(BulkCanary.Ask) with { Step = 1, StepDone = 1, Done = 11, Cursor = 11, Counts = Counts(succeeded: 10) }, Now));

    [Fact]
    public void A_first_job_that_fails_again_stops_the_rest()
    {
        var next = BulkRules.Next(Operation(BulkCanary.Automatic) with { Done = 1, Cursor = 1, Counts = Counts(failed: 1), Recent = "f" }, Now);

        Assert.Equal((BulkState.Halted, "The one that was tried failed again; more than 20 % stop it."), (next!.To, next.Why));
    }

    [Theory]
    [InlineData("ffsssssssss", false)]
    [InlineData("fffsssssss", true)]
    [InlineData("fff", false)]
    public void Enough_ends_are_judged_and_exactly_the_share_is_no_stop(string recent, bool halts)
    {
        var next = BulkRules.Next(Operation(BulkCanary.None) with { Step = BulkSteps.Last, Done = 50, Cursor = 50, Recent = recent }, Now);

        Assert.Equal(halts ? BulkState.Halted : null, next?.To);
    }

    [Fact]
    public void It_is_finished_when_all_have_ended_or_have_been_waited_for_long_enough()
    {
        var all = Operation(BulkCanary.None) with { Step = BulkSteps.Last, Done = 100, Cursor = 100, ActedAt = Now };

        Assert.Null(BulkRules.Next(all, Now));
        Assert.Equal(BulkState.Finished, BulkRules.Next(all with { Counts = Counts(succeeded: 60, failed: 40), Recent = "fffffffffffff" }, Now)!.To);
        Assert.Equal("100 had not ended after 48 hours.", BulkRules.Next(all, Now.AddHours(49))!.Why);
    }

    [Fact]
    public void Only_the_newest_ends_are_kept_and_deleted_ones_do_not_count() =>
        Assert.Equal("sssssssssssssssssssf", BulkRules.Recent(Operation(BulkCanary.None) with { Recent = new string('s', 20) }, [new(1, BulkItemState.Deleted), new(2, BulkItemState.FailedAgain)]));

    [Fact]
    public void A_cap_spreads_the_jobs_and_saves_nothing_up()
    {
        var time = new FakeTime();
        var pace = new Pace(time);

        Assert.Equal(0, pace.Take(60, 100).Count);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((1, 0), (pace.Take(60, 100).Count, pace.Take(60, 100).Count));
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal((0, TimeSpan.FromSeconds(0.5)), pace.Take(60, 100));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, pace.Take(600, 100).Count);
        Assert.Equal(100, pace.Take(null, 100).Count);
    }

    private static BulkOperation Operation(BulkCanary canary) => new()
    {
        Id = Guid.NewGuid(),
        Draft = new BulkDraft { Kind = BulkKind.Retry, Source = BulkSource.Selection, Canary = canary, StopPercent = 20, StopWindow = 20 },
        MadeBy = "ada",
        MadeAt = Now,
        State = BulkState.Running,
        StateBy = "ada",
        StateWhy = "",
        StateAt = Now,
        Total = 100,
        Checked = 100,
        Counts = Counts(),
    };

    private static int[] Counts(int succeeded = 0, int failed = 0)
    {
        var counts = new int[BulkItemStates.Count];
        (counts[(int)BulkItemState.Succeeded], counts[(int)BulkItemState.FailedAgain]) = (succeeded, failed);
        return counts;
    }
}
