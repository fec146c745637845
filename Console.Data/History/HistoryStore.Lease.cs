using Npgsql;

namespace OpsConsole.Data.History;

// Which process may write.
public sealed partial class HistoryStore
{
    // A frozen process may hold a batch open for ever; this long after the end of its lease its session is ended.
    private const string EndFrozen = """
        SELECT count(pg_terminate_backend(l.pid)) FROM pg_locks l, "HistoryLease" h
        WHERE l.locktype = 'advisory' AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND l.classid = 1332768872 AND l.objid = 1
            AND l.pid <> pg_backend_pid() AND h."ExpiresAt" < clock_timestamp()
        """;

    /// <summary>Takes the lease if nobody has it. A batch that is being written under the last one is waited for, for a moment.</summary>
    /// <returns>Null when another holder has it, or has not yet let go of its batch.</returns>
    public async Task<HistoryTerm?> TryAcquireAsync(string holder, int leaseSeconds, CancellationToken cancel = default)
    {
        try
        {
            return await AcquireAsync(holder, leaseSeconds, cancel);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await using var end = database.Writing.CreateCommand(EndFrozen);
            await end.ExecuteNonQueryAsync(cancel);
            return null;
        }
    }

    private async Task<HistoryTerm?> AcquireAsync(string holder, int leaseSeconds, CancellationToken cancel)
    {
        await using var connection = await database.Writing.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var wait = new NpgsqlCommand("SET LOCAL lock_timeout = '2s'", connection))
            await wait.ExecuteNonQueryAsync(cancel);
        if (await TakeAsync(connection, holder, leaseSeconds, cancel) is not { } term)
            return null;
        await transaction.CommitAsync(cancel);
        Forget();
        return _last = term;
    }

    private static async Task<HistoryTerm?> TakeAsync(NpgsqlConnection connection, string holder, int leaseSeconds, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            UPDATE "HistoryLease" SET "Holder" = $1, "Epoch" = "Epoch" + 1, "RenewedAt" = clock_timestamp(),
                "ExpiresAt" = clock_timestamp() + make_interval(secs => $2)
            WHERE "Id" = 1 AND ("Holder" = '' OR "ExpiresAt" < clock_timestamp())
            RETURNING "Epoch", "Position"
            """, connection);
        command.Parameters.AddAll([Sql.Of(StoredText.Clean(holder, HolderLength)), Sql.Of((double)leaseSeconds)]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new HistoryTerm(row.GetInt64(0), row.GetString(1)) : null;
    }

    /// <param name="lagMs">How far the holder is behind the stream.</param>
    /// <returns>False when the lease is somebody else's, or was given back.</returns>
    public async Task<bool> RenewAsync(long epoch, int leaseSeconds, long lagMs, CancellationToken cancel = default)
    {
        await using var command = database.Writing.CreateCommand("""
            UPDATE "HistoryLease" SET "RenewedAt" = clock_timestamp(), "ExpiresAt" = clock_timestamp() + make_interval(secs => $2), "LagMs" = $3
            WHERE "Epoch" = $1 AND "Holder" <> ''
            """);
        command.Parameters.AddAll([Sql.Of(epoch), Sql.Of((double)leaseSeconds), Sql.Of(lagMs)]);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <summary>Gives the lease back, so that another one need not wait for its end.</summary>
    public async Task ReleaseAsync(long epoch, CancellationToken cancel = default)
    {
        await using var command = database.Writing.CreateCommand("""
            UPDATE "HistoryLease" SET "Holder" = '', "ExpiresAt" = clock_timestamp() WHERE "Epoch" = $1
            """);
        command.Parameters.Add(Sql.Of(epoch));
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Who stores the events, and how far it is.</summary>
    public async Task<HistoryState> GetStateAsync(CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand("""
            SELECT "Holder", "Epoch", "Position", "PositionAt", "StoredAt", "RenewedAt", "ExpiresAt", "Events", "LagMs", clock_timestamp()
            FROM "HistoryLease" WHERE "Id" = 1
            """);
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
            throw new InvalidOperationException("The table HistoryLease has lost its only row. Put it back: INSERT INTO \"HistoryLease\" with the id 1, an epoch above all earlier ones and the position from which events are to be stored.");
        return new HistoryState(
            row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetTimeOrNull(3), row.GetTimeOrNull(4),
            row.GetTime(5), row.GetTime(6), row.GetInt64(7), TimeSpan.FromMilliseconds(row.GetInt64(8)), row.GetTime(9));
    }
}
