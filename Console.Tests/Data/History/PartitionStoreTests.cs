using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Tests.Data.History;

public class PartitionStoreTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_days_are_there_before_they_begin()
    {
        await using var space = await HistorySpace.OpenAsync();
        var store = space.Data.Get<PartitionStore>();
        await store.MakeAheadAsync(Cancel);
        await store.MakeAheadAsync(Cancel);

        var today = DayPartition.DayOf(space.Now);
        var days = (await store.ListAsync(Cancel)).Select(size => size.Partition).ToHashSet();

        Assert.Equal(12, days.Count);
        Assert.All(DayPartition.Classes, kept => Assert.All([-1, 0, 1, 2], day => Assert.Contains(new DayPartition(kept, today.AddDays(day)), days)));
    }

    [Fact]
    public async Task A_day_is_made_by_one_of_many_and_has_the_indexes_of_its_parent()
    {
        await using var space = await HistorySpace.OpenAsync();
        var day = new DayPartition(RetentionClass.Failed, DayPartition.DayOf(space.Now));
        var stores = Enumerable.Range(0, 4).Select(_ => new PartitionStore(space.Data.Get<HistoryDatabase>(), space.Data.Time));

        await Task.WhenAll(stores.Select(store => store.EnsureAsync([day], Cancel)));

        Assert.Equal("0", await space.AskAsync($"""
            SELECT count(*) FROM pg_index p WHERE p.indrelid = '"{day.Parent}"'::regclass
                AND NOT EXISTS (SELECT 1 FROM pg_inherits h JOIN pg_index i ON i.indexrelid = h.inhrelid WHERE h.inhparent = p.indexrelid AND i.indrelid = '"{day.Name}"'::regclass)
            """));
    }

    [Fact]
    public async Task Each_class_is_dropped_at_its_own_age()
    {
        await using var space = await HistorySpace.OpenAsync();
        var (store, epoch, old) = (space.Data.Get<PartitionStore>(), await space.AcquireAsync(), space.Now.AddDays(-20));
        await space.Store.WriteAsync(epoch, SomeHistory.Batch(
            SomeHistory.Attempt(old), SomeHistory.Attempt(old, "failed", AttemptOutcome.Failed, 1), SomeHistory.Attempt(space.Now.AddDays(-14), "young")), Cancel);

        var dropped = await store.DropAsync(RetentionClass.Succeeded, 14, Cancel);

        Assert.Equal([new DayPartition(RetentionClass.Succeeded, DayPartition.DayOf(old))], dropped);
        Assert.Equal("failed young", await space.AskAsync("""SELECT string_agg("JobId", ' ' ORDER BY "JobId") FROM "Attempts" """));
        // One that comes late finds a table all the same.
        Assert.Equal(HistoryWrite.Stored, await space.Store.WriteAsync(epoch, SomeHistory.Batch(SomeHistory.Attempt(old, "late")), Cancel));
    }

    [Fact]
    public async Task The_upkeep_makes_the_next_days_and_drops_the_oldest()
    {
        await using var space = await HistorySpace.OpenAsync();
        var (store, today) = (space.Data.Get<PartitionStore>(), DayPartition.DayOf(space.Now));
        DayPartition[] old = [new(RetentionClass.Succeeded, today.AddDays(-15)), new(RetentionClass.Failed, today.AddDays(-91)), new(RetentionClass.Other, today.AddDays(-15))];
        await store.EnsureAsync([.. old, .. old.Select(day => day with { Day = day.Day.AddDays(1) })], Cancel);

        var done = await store.KeepUpAsync(new HistoryRetention(), Cancel);

        Assert.Equal(old, done.Dropped);
        Assert.Equal(15, (await store.ListAsync(Cancel)).Count);
        Assert.NotEmpty(done.Indexed);
    }

    [Fact]
    public async Task A_day_that_another_process_dropped_is_made_again_when_the_batch_is_repeated()
    {
        await using var space = await HistorySpace.OpenAsync();
        var epoch = await space.AcquireAsync();
        var old = space.Now.AddDays(-20);
        await space.Store.WriteAsync(epoch, SomeHistory.Batch(SomeHistory.Attempt(old)), Cancel);
        await new PartitionStore(space.Data.Get<HistoryDatabase>(), space.Data.Time).DropAsync(RetentionClass.Succeeded, 14, Cancel);
        var late = SomeHistory.Batch(SomeHistory.Attempt(old, "late"));

        await Assert.ThrowsAsync<PostgresException>(() => space.Store.WriteAsync(epoch, late, Cancel));
        Assert.Equal(HistoryWrite.Stored, await space.Store.WriteAsync(epoch, late, Cancel));
    }

    [Fact]
    public async Task A_day_that_somebody_reads_leaves_when_they_are_done_and_holds_up_nobody()
    {
        await using var space = await HistorySpace.OpenAsync();
        var (store, epoch, old) = (space.Data.Get<PartitionStore>(), await space.AcquireAsync(), space.Now.AddDays(-20));
        await space.Store.WriteAsync(epoch, SomeHistory.Batch(SomeHistory.Attempt(old), SomeHistory.Attempt(space.Now)), Cancel);
        await using var reader = await space.Data.Get<HistoryDatabase>().Reading.OpenConnectionAsync(Cancel);
        await using var export = await reader.BeginTransactionAsync(Cancel);
        await using (var read = new NpgsqlCommand("""SELECT count(*) FROM "Attempts" """, reader))
            await read.ExecuteScalarAsync(Cancel);

        var dropping = store.DropAsync(RetentionClass.Succeeded, 14, Cancel);
        while (await space.AskAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == "0")
        {
            // Each look is a round trip to the server.
        }

        Assert.Equal(HistoryWrite.Stored, await space.Store.WriteAsync(epoch, SomeHistory.Batch(SomeHistory.Attempt(space.Now.AddDays(3))), Cancel));
        Assert.Equal(2, await space.CountAsync());
        Assert.False(dropping.IsCompleted);
        await export.CommitAsync(Cancel);
        Assert.Single(await dropping);
    }

    [Fact]
    public async Task What_an_interrupted_drop_left_behind_goes_with_the_next_one()
    {
        await using var space = await HistorySpace.OpenAsync();
        var (store, day) = (space.Data.Get<PartitionStore>(), new DayPartition(RetentionClass.Other, DayPartition.DayOf(space.Now.AddDays(-30))));
        await store.EnsureAsync([day], Cancel);
        await space.AskAsync($"""ALTER TABLE "{day.Parent}" DETACH PARTITION "{day.Name}" """);

        Assert.Empty(await store.ListAsync(Cancel));
        Assert.Equal([day], await store.DropAsync(RetentionClass.Other, 14, Cancel));
        Assert.Equal("", await space.AskAsync($"SELECT to_regclass(quote_ident('{day.Name}'))::text"));
    }

    [Fact]
    public async Task A_day_gets_its_late_indexes_once_it_has_ended_and_its_parts_some_of_them_before()
    {
        await using var space = await HistorySpace.OpenAsync();
        var (store, today) = (space.Data.Get<PartitionStore>(), DayPartition.DayOf(space.Now));
        await store.EnsureAsync([new(RetentionClass.Failed, today), new(RetentionClass.Failed, today.AddDays(-1))], Cancel);

        var built = await store.BuildIndexesAsync(Cancel);

        Assert.Contains(new DayPartition(RetentionClass.Failed, today.AddDays(-1)).Name + "_Tags", built);
        // Of the day that is being written, its first quarter is over; the second has not rested yet.
        var (yesterday, present) = (new DayPartition(RetentionClass.Failed, today.AddDays(-1)).Name, new DayPartition(RetentionClass.Failed, today).Name);
        Assert.Equal([$"{present}_Arguments_h00", $"{present}_Tags_h00", $"{present}_Text_h00"], built.Where(name => !name.StartsWith(yesterday, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Empty(await store.BuildIndexesAsync(Cancel));

        space.Data.Time.Advance(TimeSpan.FromDays(1));
        Assert.Contains(present + "_Tags", await store.BuildIndexesAsync(Cancel));
        Assert.Equal("0", await space.AskAsync($"SELECT count(*) FROM pg_indexes WHERE tablename = '{present}' AND indexname LIKE '%\\_h%'"));
    }
}
