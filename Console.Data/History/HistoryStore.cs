using Npgsql;

namespace OpsConsole.Data.History;

/// <summary>
/// Stores what follows from the events of the stream, each event once: a batch, and the position behind it, is one transaction under the
/// epoch of the lease. One caller at a time.
/// </summary>
public sealed partial class HistoryStore(HistoryDatabase database, PartitionStore partitions, IEnumerable<IHistoryPart> parts, TimeProvider time)
{
    private const int HolderLength = 200;
    // Holds off a takeover until this transaction has ended, but no renewal: the epoch is a key of the table.
    // The advisory lock tells a takeover which session to end should this process be frozen; see TryAcquireAsync.
    private const string HoldLease = """
        SELECT "Position", pg_advisory_xact_lock_shared(1332768872, 1) FROM "HistoryLease" WHERE "Epoch" = $1 FOR KEY SHARE
        """;

    private readonly IHistoryPart[] _parts = [.. parts];
    // What this process stored last. A batch whose commit was not answered may be there, and would come again.
    private HistoryTerm? _last;

    /// <summary>Writes a batch, all or nothing. After an exception it may be repeated: what is there already is not written again.</summary>
    public async Task<HistoryWrite> WriteAsync(long epoch, HistoryBatch batch, CancellationToken cancel = default)
    {
        batch = StorableBatch.Of(StrayTimes.LeaveOut(batch, time.GetUtcNow()));
        try
        {
            await partitions.EnsureAsync(DayPartition.Of(batch.Attempts), cancel);
            await using var connection = await database.Writing.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            if (!await HoldAsync(connection, epoch, cancel))
            {
                Forget();
                return HistoryWrite.Fenced;
            }
            foreach (var part in _parts)
                await part.ApplyAsync(connection, transaction, batch, cancel);
            await EndAsync(connection, epoch, batch, cancel);
            await transaction.CommitAsync(cancel);
        }
        catch
        {
            Forget();
            // Another process may have dropped a table that was known here.
            partitions.Forget();
            throw;
        }
        _last = new HistoryTerm(epoch, batch.Position);
        return HistoryWrite.Stored;
    }

    private async Task<bool> HoldAsync(NpgsqlConnection connection, long epoch, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(HoldLease, connection);
        command.Parameters.Add(Sql.Of(epoch));
        var position = (string?)await command.ExecuteScalarAsync(cancel);
        return position is not null && (_last is not { } last || last.Epoch != epoch || last.Position == position);
    }

    private static async Task EndAsync(NpgsqlConnection connection, long epoch, HistoryBatch batch, CancellationToken cancel)
    {
        await using var end = new NpgsqlBatch(connection);
        if (batch.Gap is { } gap)
            end.BatchCommands.Add(GapStore.Insert(gap));
        var move = new NpgsqlBatchCommand("""
            UPDATE "HistoryLease" SET "Position" = $2, "PositionAt" = $3, "StoredAt" = clock_timestamp(), "Events" = "Events" + $4 WHERE "Epoch" = $1
            """);
        move.Parameters.AddAll([Sql.Of(epoch), Sql.Of(batch.Position), Sql.OfTime(batch.PositionAt), Sql.Of(batch.Events)]);
        end.BatchCommands.Add(move);
        await end.ExecuteNonQueryAsync(cancel);
    }

    private void Forget()
    {
        foreach (var part in _parts)
            part.Forget();
    }
}
