using Npgsql;
using NpgsqlTypes;

namespace OpsConsole.Data.Operations;

/// <summary>
/// What the console that runs the operations reads and writes. Whatever belongs to a lease changes nothing once somebody else has taken it.
/// </summary>
public sealed class OperationTermStore(OperationDatabase database, TimeProvider time)
{
    private const int HolderLength = 200;
    // What a crash of the server takes back is done again and changes nothing in Redis, so nobody waits for the disk.
    private const string Hold = """SELECT set_config('synchronous_commit', $2, true) FROM "BulkLease" WHERE "Epoch" = $1 FOR KEY SHARE""";

    private const string Mark = """
        WITH marked AS (
            UPDATE "BulkItems" i SET "State" = g.state, "Note" = g.note FROM unnest($2::integer[], $3::smallint[], $4::text[]) AS g(number, state, note)
            WHERE i."OperationId" = $1 AND i."Number" = g.number AND i."State" = 0 RETURNING g.state)
        SELECT state, count(*)::integer FROM marked GROUP BY state
        """;

    /// <summary>Takes the lease if nobody has it.</summary>
    /// <returns>The new epoch; null when another holder has the lease.</returns>
    public async Task<long?> TryAcquireAsync(string holder, int leaseSeconds, CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand("""
            UPDATE "BulkLease" SET "Holder" = $1, "Epoch" = "Epoch" + 1, "RenewedAt" = clock_timestamp(), "ExpiresAt" = clock_timestamp() + make_interval(secs => $2)
            WHERE "Id" = 1 AND ("Holder" = '' OR "ExpiresAt" < clock_timestamp()) RETURNING "Epoch"
            """);
        command.Parameters.AddAll([Sql.Of(StoredText.Clean(holder, HolderLength)), Sql.Of((double)leaseSeconds)]);
        return (long?)await command.ExecuteScalarAsync(cancel);
    }

    /// <returns>False when the lease is somebody else's, or was given back.</returns>
    public async Task<bool> RenewAsync(long epoch, int leaseSeconds, CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand("""
            UPDATE "BulkLease" SET "RenewedAt" = clock_timestamp(), "ExpiresAt" = clock_timestamp() + make_interval(secs => $2) WHERE "Epoch" = $1 AND "Holder" <> ''
            """);
        command.Parameters.AddAll([Sql.Of(epoch), Sql.Of((double)leaseSeconds)]);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <summary>Gives the lease back, so that another one need not wait for its end.</summary>
    public async Task ReleaseAsync(long epoch, CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand("""UPDATE "BulkLease" SET "Holder" = '', "ExpiresAt" = clock_timestamp() WHERE "Epoch" = $1""");
        command.Parameters.Add(Sql.Of(epoch));
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Items without a mark, by number.</summary>
    /// <param name="after">Behind this number.</param>
    /// <param name="through">Up to this number, or null.</param>
    public async Task<IReadOnlyList<BulkItem>> UnmarkedAsync(Guid id, int after, int? through, int limit, CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand("""
            SELECT "Number", "JobId", "State", "Note" FROM "BulkItems" WHERE "OperationId" = $1 AND "Number" > $2 AND "Number" <= $3 AND "State" = 0 ORDER BY "Number" LIMIT $4
            """);
        command.Parameters.AddAll([Sql.Of(id), Sql.Of(after), Sql.Of(through ?? int.MaxValue), Sql.Of(limit)]);
        return await OperationStore.ReadItemsAsync(command, cancel);
    }

    /// <returns>False when the lease is somebody else's.</returns>
    public async Task<bool> WriteAsync(long epoch, BulkProgress progress, CancellationToken cancel = default)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (!await HoldAsync(connection, epoch, isDurable: progress.Transition is not null, cancel))
            return false;
        var counts = await MarkAsync(connection, progress, cancel);
        await MoveAsync(connection, progress, counts, cancel);
        if (progress.Transition is { } transition)
            await ChangeAsync(connection, progress.OperationId, transition, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Says that nothing is left to do for an operation.</summary>
    public Task<bool> EndAsync(long epoch, Guid id, CancellationToken cancel = default) =>
        UpdateAsync(epoch, """UPDATE "BulkOperations" SET "EndedAt" = $2, "Trouble" = NULL WHERE "Id" = $1""", [Sql.Of(id), Sql.OfTime(time.GetUtcNow())], cancel);

    /// <param name="trouble">Why an operation does not get on; null: it does again.</param>
    public Task<bool> SayAsync(long epoch, Guid id, string? trouble, CancellationToken cancel = default) =>
        UpdateAsync(epoch, """UPDATE "BulkOperations" SET "Trouble" = $2 WHERE "Id" = $1""", [Sql.Of(id), Sql.OfText(StoredText.Clean(trouble, BulkLimits.Note))], cancel);

    /// <summary>Removes an operation that has been over since before a moment, with its items.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> RemoveAsync(DateTimeOffset endedBefore, CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand("""
            WITH old AS (SELECT "Id" FROM "BulkOperations" WHERE "EndedAt" < $1 ORDER BY "EndedAt" LIMIT 1),
            items AS (DELETE FROM "BulkItems" WHERE "OperationId" IN (SELECT "Id" FROM old))
            DELETE FROM "BulkOperations" WHERE "Id" IN (SELECT "Id" FROM old)
            """);
        command.Parameters.Add(Sql.OfTime(endedBefore));
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<bool> UpdateAsync(long epoch, string statement, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (!await HoldAsync(connection, epoch, isDurable: true, cancel))
            return false;
        await using var command = new NpgsqlCommand(statement, connection);
        command.Parameters.AddAll(parameters);
        await command.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private static async Task<bool> HoldAsync(NpgsqlConnection connection, long epoch, bool isDurable, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Hold, connection);
        command.Parameters.AddAll([Sql.Of(epoch), Sql.Of(isDurable ? "on" : "off")]);
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    private static async Task<int[]> MarkAsync(NpgsqlConnection connection, BulkProgress progress, CancellationToken cancel)
    {
        var counts = new int[BulkItemStates.Count];
        if (progress.Marks.Count == 0)
            return counts;
        await using var command = new NpgsqlCommand(Mark, connection);
        command.Parameters.AddAll([
            Sql.Of(progress.OperationId), Sql.Column(progress.Marks, mark => mark.Number), Sql.Column(progress.Marks, mark => (short)mark.State), Sql.Texts(progress.Marks, mark => StoredText.Clean(mark.Note, BulkLimits.Note)),
        ]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            counts[row.GetInt16(0)] = row.GetInt32(1);
        return counts;
    }

    private static async Task MoveAsync(NpgsqlConnection connection, BulkProgress progress, int[] counts, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            UPDATE "BulkOperations" SET "Checked" = coalesce($2, "Checked"), "Cursor" = coalesce($3, "Cursor"), "Done" = "Done" + $4, "Recent" = CASE WHEN "StateAt" = $8 THEN coalesce($5, "Recent") ELSE "Recent" END,
                "FirstActedAt" = coalesce("FirstActedAt", $6), "ActedAt" = coalesce($6, "ActedAt"),
                "Counts" = (SELECT array_agg(was + more ORDER BY place) FROM unnest("Counts", $7::integer[]) WITH ORDINALITY AS c(was, more, place))
            WHERE "Id" = $1
            """, connection);
        command.Parameters.AddAll([
            Sql.Of(progress.OperationId), OfInt(progress.Checked), OfInt(progress.Cursor), Sql.Of(progress.Done), Sql.OfText(progress.Recent), Sql.OfTime(progress.ActedAt), Sql.Of(counts), Sql.OfTime(progress.StateAt),
        ]);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task ChangeAsync(NpgsqlConnection connection, Guid id, BulkTransition transition, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"""
            UPDATE "BulkOperations" SET "State" = $3, "StateBy" = $4, "StateWhy" = $5, "StateAt" = $6{(transition.IsNextStep ? OperationStore.NextStep : "")} WHERE "Id" = $1 AND "State" = $2
            """, connection);
        command.Parameters.AddAll([
            Sql.Of(id), Sql.Of((short)transition.From), Sql.Of((short)transition.To), Sql.Of(transition.By), Sql.Of(StoredText.Clean(transition.Why, BulkLimits.Reason)), Sql.OfTime(time.GetUtcNow()),
        ]);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlParameter OfInt(int? value) => new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = (object?)value ?? DBNull.Value };
}
