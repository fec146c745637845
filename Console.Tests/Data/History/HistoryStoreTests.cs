using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Tests.Data.History;

/// <summary>Each event once: whatever happens between a batch and the knowledge that it was stored.</summary>
public class HistoryStoreTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_and_its_position_are_stored_together()
    {
        await using var space = await HistorySpace.OpenAsync();
        var epoch = await space.AcquireAsync();
        var batch = SomeHistory.Batch(SomeHistory.Attempt(space.Now), SomeHistory.Attempt(space.Now, "job-2", AttemptOutcome.Failed, 1));

        Assert.Equal(HistoryWrite.Stored, await space.Store.WriteAsync(epoch, batch, Cancel));

        var state = await space.Store.GetStateAsync(Cancel);
        Assert.Equal((batch.Position, 2L, 2L, true), (state.Position, state.Events, await space.CountAsync(), state.IsHeld));
        Assert.Equal(space.Now, state.PositionAt);
    }

    [Fact]
    public async Task One_of_many_takes_the_lease_and_begins_where_the_last_one_was()
    {
        await using var space = await HistorySpace.OpenAsync();
        var epoch = await space.AcquireAsync();
        await space.Store.WriteAsync(epoch, SomeHistory.At("5-0"), Cancel);
        Assert.Null(await space.OtherConsole().TryAcquireAsync("other", 60, Cancel));
        await space.Store.ReleaseAsync(epoch, Cancel);

        var terms = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => space.OtherConsole().TryAcquireAsync("other", 60, Cancel)));

        Assert.Equal(new HistoryTerm(epoch + 1, "5-0"), Assert.Single(terms, term => term is not null));
        Assert.False(await space.Store.RenewAsync(epoch, 60, 0, Cancel));
        Assert.True(await space.Store.RenewAsync(epoch + 1, 60, 1_500, Cancel));
        Assert.Equal(TimeSpan.FromSeconds(1.5), (await space.Store.GetStateAsync(Cancel)).Lag);
    }

    [Fact]
    public async Task Under_an_old_epoch_nothing_is_written()
    {
        await using var space = await HistorySpace.OpenAsync();
        var epoch = await space.AcquireAsync();
        await space.Store.ReleaseAsync(epoch, Cancel);
        await space.OtherConsole().TryAcquireAsync("other", 60, Cancel);

        Assert.Equal(HistoryWrite.Fenced, await space.Store.WriteAsync(epoch, SomeHistory.Batch(SomeHistory.Attempt(space.Now)), Cancel));

        Assert.Equal((0L, "0-0"), (await space.CountAsync(), (await space.Store.GetStateAsync(Cancel)).Position));
    }

    [Fact]
    public async Task A_batch_whose_commit_was_not_answered_is_not_written_twice()
    {
        await using var space = await HistorySpace.OpenAsync();
        var epoch = await space.AcquireAsync();
        var batch = SomeHistory.Batch(SomeHistory.Attempt(space.Now));
        await space.Store.WriteAsync(epoch, batch, Cancel);
        // As if this process had never heard that the next one is stored.
        await space.AskAsync("""UPDATE "HistoryLease" SET "Position" = '9-9'""");

        Assert.Equal(HistoryWrite.Fenced, await space.Store.WriteAsync(epoch, batch, Cancel));

        await space.Store.ReleaseAsync(epoch, Cancel);
        Assert.Equal("9-9", (await space.Store.TryAcquireAsync("one", 60, Cancel))!.Position);
        Assert.Equal(1, await space.CountAsync());
    }

    [Fact]
    public async Task A_part_that_fails_undoes_the_batch_and_all_parts_forget()
    {
        await using var space = await HistorySpace.OpenAsync();
        var failing = new FailingPart();
        var database = space.Data.Get<HistoryDatabase>();
        var store = new HistoryStore(database, space.Data.Get<PartitionStore>(), [new AttemptTable(), failing], space.Data.Time);
        var epoch = (await store.TryAcquireAsync("one", 60, Cancel))!.Epoch;
        var batch = SomeHistory.Batch(SomeHistory.Attempt(space.Now));

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(epoch, batch, Cancel));
        Assert.Equal((0L, 2), (await space.CountAsync(), failing.Forgotten));

        failing.Fails = false;
        Assert.Equal(HistoryWrite.Stored, await store.WriteAsync(epoch, batch, Cancel));
        Assert.Equal(1, await space.CountAsync());
    }

    [Fact]
    public async Task A_process_that_froze_in_the_middle_of_a_batch_is_replaced()
    {
        await using var space = await HistorySpace.OpenAsync();
        await using var frozen = await space.Database.OpenConnectionAsync(Cancel);
        await using var batch = await frozen.BeginTransactionAsync(Cancel);
        // As WriteAsync holds the row.
        await using (var hold = new NpgsqlCommand("""SELECT pg_advisory_xact_lock_shared(1332768872, 1) FROM "HistoryLease" FOR KEY SHARE""", frozen))
            await hold.ExecuteNonQueryAsync(Cancel);

        Assert.Null(await space.Store.TryAcquireAsync("other", 60, Cancel));
        Assert.NotNull(await space.Store.TryAcquireAsync("other", 60, Cancel));
    }

    [Fact]
    public async Task A_gap_is_recorded_with_the_batch_behind_it()
    {
        await using var space = await HistorySpace.OpenAsync();
        var epoch = await space.AcquireAsync();
        var gap = new HistoryGap("1-0", space.Now.AddHours(-2), "9-0", space.Now.AddHours(-1), "Trimmed.");

        await space.Store.WriteAsync(epoch, SomeHistory.At("9-0") with { Gap = gap }, Cancel);

        var gaps = space.Data.Get<GapStore>();
        Assert.Equal(gap, Assert.Single(await gaps.ListAsync(space.Now.AddMinutes(-90), space.Now, 10, Cancel)).Gap);
        Assert.Empty(await gaps.ListAsync(space.Now.AddMinutes(-30), space.Now, 10, Cancel));
    }

    [Fact]
    public async Task Attempts_of_a_clock_that_is_wrong_are_left_out_and_one_gap_says_so()
    {
        await using var space = await HistorySpace.OpenAsync();
        var epoch = await space.AcquireAsync();
        var future = space.Now.AddYears(12);

        await space.Store.WriteAsync(epoch, SomeHistory.Batch(SomeHistory.Attempt(space.Now), SomeHistory.Attempt(future)), Cancel);
        await space.Store.WriteAsync(epoch, SomeHistory.Batch(SomeHistory.Attempt(future, sequence: 1)), Cancel);

        Assert.Equal(1, await space.CountAsync());
        var gap = Assert.Single(await space.Data.Get<GapStore>().ListAsync(future, future.AddDays(1), 10, Cancel)).Gap;
        Assert.Equal((StrayTimes.Why, true), (gap.Why, gap.Until.EndsWith("-1", StringComparison.Ordinal)));
        Assert.Equal("0", await space.AskAsync($"SELECT count(*) FROM pg_class WHERE relname LIKE 'Attempts%{future.Year}%'"));
    }

    private sealed class FailingPart : IHistoryPart
    {
        public bool Fails { get; set; } = true;

        public int Forgotten { get; private set; }

        public Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, HistoryBatch batch, CancellationToken cancel) =>
            Fails ? throw new InvalidOperationException("It does not work.") : Task.CompletedTask;

        public void Forget() => Forgotten++;
    }
}
