using Npgsql;
using NpgsqlTypes;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Operations;

// The set is fixed in the transaction that makes the operation.
public sealed partial class OperationStore
{
    // Failed for good: the others are tried again by themselves.
    private static readonly string s_failures = $"""
        FROM "Attempts" WHERE "Kept" = {(short)RetentionClass.Failed} AND "GroupId" = $1 AND "Outcome" IN ({(short)AttemptOutcome.Failed}, {(short)AttemptOutcome.Quarantined}) GROUP BY "JobId"
        """;

    /// <summary>Jobs that have ever failed for good in a group, the one that failed last first.</summary>
    /// <param name="limit">Most ids that are given.</param>
    public async Task<IReadOnlyList<string>> JobsOfGroupAsync(Guid group, int limit, CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand($"""SELECT "JobId" {s_failures} ORDER BY max("EndedAt") DESC LIMIT $2""");
        command.Parameters.AddAll([Sql.Of(group), Sql.Of(limit)]);
        var ids = new List<string>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            ids.Add(row.GetString(0));
        return ids;
    }

    /// <summary>Jobs that failed again in an operation, the one that it took last first.</summary>
    /// <param name="limit">Most ids that are given.</param>
    public async Task<IReadOnlyList<string>> JobsFailedAgainAsync(Guid operation, int limit, CancellationToken cancel = default)
    {
        await using var command = database.Source.CreateCommand($"""
            SELECT "JobId" FROM "BulkItems" WHERE "OperationId" = $1 AND "State" = {(short)BulkItemState.FailedAgain} ORDER BY "Number" DESC LIMIT $2
            """);
        command.Parameters.AddAll([Sql.Of(operation), Sql.Of(limit)]);
        var ids = new List<string>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            ids.Add(row.GetString(0));
        return ids;
    }

    /// <summary>Stores an operation and its jobs; it begins at once.</summary>
    /// <param name="madeAt">By the clock of Redis.</param>
    /// <param name="jobIds">Distinct, in the order in which they are acted on.</param>
    /// <returns>What was stored, or why nothing was.</returns>
    public async Task<BulkCreation> CreateAsync(BulkDraft draft, string madeBy, DateTimeOffset madeAt, IReadOnlyList<string> jobIds, CancellationToken cancel = default)
    {
        if (jobIds.Count is 0 or > BulkLimits.Jobs)
            return new BulkCreation(null, jobIds.Count == 0 ? "There is no job to act on." : $"One operation takes at most {BulkLimits.Jobs:N0} jobs; these are {jobIds.Count:N0}. Narrow the search.");
        var id = Guid.CreateVersion7(time.GetUtcNow());
        await using var connection = await database.Source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await IsFullAsync(connection, cancel))
            return new BulkCreation(null, $"{BulkLimits.Open} operations are under way already. Wait for one to end, or stop one.");
        await InsertAsync(connection, id, draft, madeBy, madeAt, jobIds.Count, cancel);
        await CopyAsync(connection, id, jobIds, cancel);
        await transaction.CommitAsync(cancel);
        return new BulkCreation(id, "");
    }

    private static async Task<bool> IsFullAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        // One after the other, so that two that begin together are both counted.
        await using var command = new NpgsqlCommand("""SELECT pg_advisory_xact_lock(1332768872, 40), (SELECT count(*) FROM "BulkOperations" WHERE "EndedAt" IS NULL)""", connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) && row.GetInt64(1) >= BulkLimits.Open;
    }

    private static async Task InsertAsync(NpgsqlConnection connection, Guid id, BulkDraft draft, string madeBy, DateTimeOffset madeAt, int total, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"""
            INSERT INTO "BulkOperations" ({BulkRows.Columns})
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, {(short)BulkState.Preparing}, $12, '', $14, $15, 0, 0, $16, 0, 0, 0, array_fill(0, ARRAY[{BulkItemStates.Count}]), '', NULL, NULL, NULL, NULL)
            """, connection);
        var by = StoredText.Clean(madeBy, BulkLimits.Name);
        command.Parameters.AddAll([
            Sql.Of(id), Sql.Of((short)draft.Kind), Sql.Of((short)draft.Source), Sql.Of(StoredText.Clean(draft.SourceText, BulkLimits.SourceText)), Sql.Of(StoredText.Clean(draft.Title, BulkLimits.Title)),
            Sql.OfText(draft.Kind == BulkKind.RetryPatched ? draft.Patch : null), Sql.Of(draft.NewestFirst), Sql.Of((short)draft.Canary), OfInt(draft.PerMinute), OfInt(draft.StopPercent), Sql.Of(draft.StopWindow),
            Sql.Of(by), Sql.Of(StoredText.Clean(draft.Reason, BulkLimits.Reason)), Sql.OfTime(madeAt), Sql.Of((short)(draft.Canary == BulkCanary.None ? BulkSteps.Last : 0)), Sql.Of(total),
        ]);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, Guid id, IReadOnlyList<string> jobIds, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync("""COPY "BulkItems" ("OperationId", "Number", "JobId") FROM STDIN (FORMAT BINARY)""", cancel);
        for (var i = 0; i < jobIds.Count; i++)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(id, NpgsqlDbType.Uuid, cancel);
            await copy.WriteAsync(i + 1, NpgsqlDbType.Integer, cancel);
            await copy.WriteAsync(jobIds[i], NpgsqlDbType.Text, cancel);
        }
        await copy.CompleteAsync(cancel);
    }

    private static NpgsqlParameter OfInt(int? value) => new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = (object?)value ?? DBNull.Value };
}

/// <summary>An operation that was stored, or why none was.</summary>
/// <param name="Id">Null when it was not.</param>
public sealed record BulkCreation(Guid? Id, string Refusal);
