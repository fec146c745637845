using Npgsql;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Tests.Data.Schedules;

/// <summary>Who may write as the runner, and what happens at the moment in which that changes.</summary>
public class RunnerLeaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_of_many_takes_the_lease()
    {
        await using var space = await NewSpaceAsync();
        var store = space.Get<RunnerStore>();
        Assert.Equal(("", 0L), ((await store.GetLeaseAsync(Cancel)).Holder, (await store.GetLeaseAsync(Cancel)).Epoch));

        var epochs = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => store.TryAcquireAsync("console " + i, 60, Cancel)));

        Assert.Equal(1, Assert.Single(epochs, epoch => epoch is not null));
        var lease = await store.GetLeaseAsync(Cancel);
        Assert.Equal("console " + Array.FindIndex(epochs, e => e is not null), lease.Holder);
        Assert.InRange(lease.ExpiresAt - lease.ReadAt, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_lease_that_was_given_back_is_free_at_once_and_cannot_be_renewed()
    {
        await using var space = await NewSpaceAsync();
        var store = space.Get<RunnerStore>();
        var first = (await store.TryAcquireAsync("one", 3_600, Cancel))!.Value;
        await store.ReleaseAsync(first, Cancel);

        Assert.False(await store.RenewAsync(first, 60, 0, null, Cancel));
        Assert.Equal(first + 1, await store.TryAcquireAsync("other", 60, Cancel));
        Assert.False(await store.RenewAsync(first, 60, 0, null, Cancel));
    }

    [Fact]
    public async Task Under_an_old_epoch_nothing_is_written()
    {
        await using var space = await NewSpaceAsync();
        var (store, schedules, now) = (space.Get<RunnerStore>(), space.Get<ScheduleStore>(), space.Time.GetUtcNow());
        var schedule = (await schedules.ScheduleAsync()).Id;
        var old = (await store.TryAcquireAsync("one", 60, Cancel))!.Value;
        var (written, late) = (Some.Planned(schedule, now), Some.Planned(schedule, now.AddHours(1)));
        await store.FireAsync(old, [Some.Fire(schedule, now, now.AddHours(1), written)], Cancel);
        await store.ReleaseAsync(old, Cancel);
        await store.TryAcquireAsync("other", 60, Cancel);

        var fired = await store.FireAsync(old, [Some.Fire(schedule, now.AddHours(1), now.AddHours(2), late)], Cancel);

        Assert.Equal((true, 0), (fired.IsFenced, fired.Inserted.Count));
        Assert.False(await store.MarkEnqueuedAsync(old, [new(written.Identity, OccurrenceState.Ran, now, null, true)], Cancel));
        Assert.False(await store.SettleAsync(old, [new(written.Identity, JobOutcome.Failed, now, now, 1, false, 1)], Cancel));
        Assert.False(await store.MarkDeadlinesMissedAsync(old, [written.Identity], "Too late.", Cancel));
        var open = Assert.Single(await store.OpenAsync(null, 10, Cancel));
        Assert.Equal((written.Identity, OccurrenceState.Pending, null, false), (open.Identity, open.State, open.Outcome, open.IsDeadlineMissed));
        var cursor = (await schedules.GetAsync(schedule, Cancel))!.Cursor!;
        Assert.Equal((now.AddHours(1), 0), (cursor.NextDueAt, cursor.FailuresInRow));
    }

    [Fact]
    public async Task A_takeover_waits_for_a_fire_that_runs_and_a_renewal_does_not()
    {
        await using var space = await NewSpaceAsync();
        var store = space.Get<RunnerStore>();
        var old = (await store.TryAcquireAsync("one", 0, Cancel))!.Value;
        await using var database = NpgsqlDataSource.Create(space.ConnectionString);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        // As FireAsync holds the row.
        await using var fire = await connection.BeginTransactionAsync(Cancel);
        await RunAsync(connection, $"""SELECT 1 FROM "RunnerLease" WHERE "Epoch" = {old} FOR KEY SHARE""");

        Assert.True(await store.RenewAsync(old, 0, 7, null, Cancel));
        var takeover = store.TryAcquireAsync("other", 60, Cancel);
        await WaitForWaitingAsync(database);
        Assert.False(takeover.IsCompleted);
        await fire.CommitAsync(Cancel);

        Assert.Equal(old + 1, await takeover);
    }

    [Fact]
    public async Task A_fire_that_waited_for_a_takeover_is_fenced()
    {
        await using var space = await NewSpaceAsync();
        var (store, now) = (space.Get<RunnerStore>(), space.Time.GetUtcNow());
        var schedule = (await space.Get<ScheduleStore>().ScheduleAsync()).Id;
        var old = (await store.TryAcquireAsync("one", 60, Cancel))!.Value;
        await using var database = NpgsqlDataSource.Create(space.ConnectionString);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var takeover = await connection.BeginTransactionAsync(Cancel);
        await RunAsync(connection, """UPDATE "RunnerLease" SET "Epoch" = "Epoch" + 1, "Holder" = 'other'""");

        var fire = store.FireAsync(old, [Some.Fire(schedule, now, null, Some.Planned(schedule, now))], Cancel);
        await WaitForWaitingAsync(database);
        await takeover.CommitAsync(Cancel);

        Assert.True((await fire).IsFenced);
        Assert.Empty(await store.OpenAsync(null, 10, Cancel));
    }

    private static async Task<DataSpace> NewSpaceAsync()
    {
        var space = new DataSpace();
        await space.InitializeAsync();
        return space;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task WaitForWaitingAsync(NpgsqlDataSource database)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        await using var command = database.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
        while ((long)(await command.ExecuteScalarAsync(deadline.Token))! == 0)
        {
            // Each look is a round trip to the server.
        }
    }
}
