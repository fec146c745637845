using Npgsql;

namespace OpsConsole.Data.History.Search.Names;

/// <summary>
/// Keeps the names that attempts have. A new one is written with the batch that brings it; counts of known ones follow every half minute,
/// so that they cost nothing, and a console that dies takes the last half minute of them with it.
/// </summary>
internal sealed class NameWriter : IHistoryPart
{
    private static readonly TimeSpan CountsEvery = TimeSpan.FromSeconds(30);

    private const string Upsert = """
        INSERT INTO "AttemptNames" AS n ("Field", "Name", "Count", "LastAt")
        SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT ("Field", "Name") DO UPDATE SET "Count" = n."Count" + excluded."Count", "LastAt" = greatest(n."LastAt", excluded."LastAt")
        """;

    // Names of attempts that are no longer kept. A console that died may have seen a name a little later than it says.
    private const string Prune = """
        DELETE FROM "AttemptNames" WHERE "LastAt" < (SELECT min("EndedAt") FROM "Attempts") - interval '1 hour'
        """;

    private NameTally? _tally;
    private DateTimeOffset _writtenAt;

    public async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, HistoryBatch batch, CancellationToken cancel)
    {
        if (batch.Attempts.Count == 0) return;
        _tally ??= await LoadAsync(connection, cancel);
        foreach (var attempt in batch.Attempts)
            _tally.Add(attempt);
        var isDue = batch.PositionAt - _writtenAt >= CountsEvery;
        if (!isDue && !_tally.HasNew) return;
        await WriteAsync(connection, [.. _tally.Pending], cancel);
        _tally.Written();
        var isNewDay = batch.PositionAt.UtcDateTime.Date != _writtenAt.UtcDateTime.Date;
        _writtenAt = batch.PositionAt;
        if (isNewDay) await PruneAsync(connection, cancel);
    }

    public void Forget() => (_tally, _writtenAt) = (null, default);

    private static async Task<NameTally> LoadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var tally = new NameTally();
        await using var command = new NpgsqlCommand("""SELECT "Field", "Name" FROM "AttemptNames" WHERE "Name" <> ''""", connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            tally.Know((NameField)row.GetInt16(0), row.GetString(1));
        return tally;
    }

    private static async Task WriteAsync(NpgsqlConnection connection, NameTally.Seen[] seen, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Upsert, connection);
        command.Parameters.AddAll([Sql.Column(seen, name => (short)name.Field), Sql.Texts(seen, name => name.Name), Sql.Column(seen, name => name.Count), Sql.Times(seen, name => name.LastAt)]);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task PruneAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Prune, connection);
        if (await command.ExecuteNonQueryAsync(cancel) > 0) _tally = null;
    }
}
