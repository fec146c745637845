using OpsConsole.Data.Figures.Targets;

namespace OpsConsole.Tests.Data.Figures;

public sealed class TargetStoreTests(DataSpace space) : IClassFixture<DataSpace>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TargetStore Targets => space.Get<TargetStore>();

    [Fact]
    public async Task A_target_is_set_changed_and_taken_away()
    {
        var target = new Target { Id = Guid.CreateVersion7(), Kind = TargetKind.JobType, JobType = "orders.ship", Measure = TargetMeasure.StartedInTime, Objective = 99.5m, LimitMs = 30_000 };

        Assert.Equal(TargetWriteOutcome.Saved, await Targets.SaveAsync(target, null, "ada", Cancel));
        Assert.Equal(TargetWriteOutcome.Taken, await Targets.SaveAsync(target with { Id = Guid.CreateVersion7() }, null, "ada", Cancel));
        Assert.Equal(TargetWriteOutcome.Saved, await Targets.SaveAsync(target with { Objective = 98 }, 1, "grace", Cancel));
        Assert.Equal(TargetWriteOutcome.Conflict, await Targets.SaveAsync(target with { Objective = 97 }, 1, "ada", Cancel));

        var stored = Assert.Single(await Targets.ListAsync(Cancel), one => one.Id == target.Id);
        Assert.Equal(target with { Objective = 98, Version = 2, UpdatedAt = space.Time.GetUtcNow(), UpdatedBy = "grace" }, stored);
        Assert.Equal(stored, await Targets.GetAsync(target.Id, Cancel));
        Assert.True(await Targets.DeleteAsync(target.Id, Cancel));
        Assert.False(await Targets.DeleteAsync(target.Id, Cancel));
    }
}
