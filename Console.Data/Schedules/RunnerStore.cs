using Npgsql;

namespace OpsConsole.Data.Schedules;

/// <summary>
/// What the runner of the schedules reads and writes. Each call is one round trip and, where it writes, one transaction; whatever
/// belongs to a lease changes nothing once somebody else has taken it.
/// </summary>
public sealed partial class RunnerStore(NpgsqlDataSource database, TimeProvider time)
{
    // Holds off a takeover until this transaction has ended, but no renewal; see RunnerLeaseConfiguration.
    private const string HoldLease = """SELECT 1 FROM "RunnerLease" WHERE "Epoch" = $1 FOR KEY SHARE""";
    private const string HoldLeaseLightly = """SELECT set_config('synchronous_commit', 'off', true) FROM "RunnerLease" WHERE "Epoch" = $1 FOR KEY SHARE""";
    private const string UnderLease = """EXISTS (SELECT 1 FROM "RunnerLease" WHERE "Epoch" = $1)""";

    /// <summary>Takes the lease if nobody has it. Waits for fires that run under the last one.</summary>
    /// <returns>The new epoch; null when another holder has the lease.</returns>
    public async Task<long?> TryAcquireAsync(string holder, int leaseSeconds, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("""
            UPDATE "RunnerLease" SET "Holder" = $1, "Epoch" = "Epoch" + 1, "AcquiredAt" = clock_timestamp(), "RenewedAt" = clock_timestamp(),
                "ExpiresAt" = clock_timestamp() + make_interval(secs => $2), "Schedules" = 0, "TickedAt" = NULL
            WHERE "Id" = 1 AND ("Holder" = '' OR "ExpiresAt" < clock_timestamp())
            RETURNING "Epoch"
            """);
        command.Parameters.Add(Sql.Of(StoredText.Clean(holder, ScheduleLimits.Operator)));
        command.Parameters.Add(Sql.Of((double)leaseSeconds));
        return (long?)await command.ExecuteScalarAsync(cancel);
    }

    /// <param name="schedules">That the holder has in memory and that have a next moment.</param>
    /// <param name="tickedAt">When its loop last came round.</param>
    /// <returns>False when the lease is somebody else's, or was given back.</returns>
    public async Task<bool> RenewAsync(long epoch, int leaseSeconds, int schedules, DateTimeOffset? tickedAt, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("""
            UPDATE "RunnerLease" SET "RenewedAt" = clock_timestamp(), "ExpiresAt" = clock_timestamp() + make_interval(secs => $2),
                "Schedules" = $3, "TickedAt" = $4
            WHERE "Epoch" = $1 AND "Holder" <> ''
            """);
        command.Parameters.Add(Sql.Of(epoch));
        command.Parameters.Add(Sql.Of((double)leaseSeconds));
        command.Parameters.Add(Sql.Of(schedules));
        command.Parameters.Add(Sql.OfTime(tickedAt));
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <summary>Gives the lease back, so that another one need not wait for its end.</summary>
    public async Task ReleaseAsync(long epoch, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("""
            UPDATE "RunnerLease" SET "Holder" = '', "ExpiresAt" = clock_timestamp() WHERE "Epoch" = $1
            """);
        command.Parameters.Add(Sql.Of(epoch));
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Who runs the schedules. The epoch is 0 when nobody ever has.</summary>
    public async Task<RunnerLease> GetLeaseAsync(CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("""
            SELECT "Holder", "Epoch", "AcquiredAt", "RenewedAt", "ExpiresAt", "Schedules", "TickedAt", clock_timestamp() FROM "RunnerLease" WHERE "Id" = 1
            """);
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
            throw new InvalidOperationException("The table RunnerLease has lost its only row. Put it back: INSERT INTO \"RunnerLease\" with the id 1 and an epoch above all earlier ones.");
        return new RunnerLease
        {
            Holder = row.GetString(0),
            Epoch = row.GetInt64(1),
            AcquiredAt = row.GetTime(2),
            RenewedAt = row.GetTime(3),
            ExpiresAt = row.GetTime(4),
            Schedules = row.GetInt32(5),
            TickedAt = row.GetTimeOrNull(6),
            ReadAt = row.GetTime(7),
        };
    }
}
