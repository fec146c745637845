using Npgsql;

namespace OpsConsole.Data.Operations;

/// <summary>Mass operations as pages read them and as operators make and steer them; <see cref="OperationTermStore"/> carries them out.</summary>
public sealed partial class OperationStore(OperationDatabase database, TimeProvider time)
{
    private const int MostListed = 100;
    private const int MostItems = 500;

    /// <summary>Newest first.</summary>
    /// <param name="before">Where to go on: the last one of the page before.</param>
    public async Task<IReadOnlyList<BulkOperation>> ListAsync(BulkOperation? before, int limit, CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand($"""
            SELECT {BulkRows.Columns} FROM "BulkOperations" WHERE $1::timestamptz IS NULL OR ("MadeAt", "Id") < ($1, $2) ORDER BY "MadeAt" DESC, "Id" DESC LIMIT $3
            """);
        command.Parameters.AddAll([Sql.OfTime(before?.MadeAt), Sql.Of(before?.Id ?? Guid.Empty), Sql.Of(Math.Clamp(limit, 1, MostListed))]);
        return await BulkRows.ReadAllAsync(command, cancel);
    }

    /// <summary>Those that are not over, the oldest first.</summary>
    public async Task<IReadOnlyList<BulkOperation>> OpenAsync(CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand($"""SELECT {BulkRows.Columns} FROM "BulkOperations" WHERE "EndedAt" IS NULL ORDER BY "MadeAt" LIMIT {BulkLimits.Open * 2}""");
        return await BulkRows.ReadAllAsync(command, cancel);
    }

    public async Task<BulkOperation?> GetAsync(Guid id, CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand($"""SELECT {BulkRows.Columns} FROM "BulkOperations" WHERE "Id" = $1""");
        command.Parameters.Add(Sql.Of(id));
        return (await BulkRows.ReadAllAsync(command, cancel)).FirstOrDefault();
    }

    /// <summary>Items by number.</summary>
    /// <param name="after">Where to go on; 0 begins with the first.</param>
    /// <param name="state">Only this state, or null; Open: those under way and not started.</param>
    public async Task<IReadOnlyList<BulkItem>> ItemsAsync(Guid id, int after, BulkItemState? state, int limit, CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand("""
            SELECT "Number", "JobId", "State", "Note" FROM "BulkItems" WHERE "OperationId" = $1 AND "Number" > $2 AND ($3::smallint IS NULL OR "State" = $3) ORDER BY "Number" LIMIT $4
            """);
        command.Parameters.AddAll([Sql.Of(id), Sql.Of(after), new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Smallint, Value = state is { } s ? (short)s : DBNull.Value }, Sql.Of(Math.Clamp(limit, 1, MostItems))]);
        return await ReadItemsAsync(command, cancel);
    }

    /// <summary>Items that the present step has acted on, at most 10.</summary>
    public async Task<IReadOnlyList<BulkItem>> StepItemsAsync(BulkOperation operation, CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand($"""
            SELECT "Number", "JobId", "State", "Note" FROM "BulkItems"
            WHERE "OperationId" = $1 AND "Number" > $2 AND "Number" <= $3 AND "State" < {(short)BulkItemState.Retried} ORDER BY "Number" LIMIT 10
            """);
        command.Parameters.AddAll([Sql.Of(operation.Id), Sql.Of(operation.StepCursor), Sql.Of(operation.Cursor)]);
        return await ReadItemsAsync(command, cancel);
    }

    /// <summary>Whether some console runs operations, by the clock of the database.</summary>
    public async Task<bool> IsAttendedAsync(CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand("""SELECT "Holder" <> '' AND "ExpiresAt" > clock_timestamp() FROM "BulkLease" WHERE "Id" = 1""");
        return (bool?)await command.ExecuteScalarAsync(cancel) ?? false;
    }

    internal static async Task<List<BulkItem>> ReadItemsAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        var items = new List<BulkItem>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            items.Add(new BulkItem(row.GetInt32(0), row.GetString(1), (BulkItemState)row.GetInt16(2), row.IsDBNull(3) ? null : row.GetString(3)));
        return items;
    }
}
