using Npgsql;

namespace OpsConsole.Data.History;

/// <summary>
/// Reads attempts whole, with arguments, result and stack. Of the group of a failure only the id is stored with an attempt: its
/// template and frame come back empty.
/// </summary>
public sealed class AttemptReader(HistoryDatabase database)
{
    private const string Columns = """
        "EndedAt", "Sequence", "JobId", "Type", "TypeName", "Queue", "Worker", "Host", "Version", "Outcome", "Attempt", "CreatedAt", "EnqueuedAt",
        "StartedAt", "WaitMs", "RunMs", "Arguments"::text, "Result"::text, "ErrorType", "ErrorMessage", "Stack", "Reason", "GroupId", "ScheduleId",
        "NominalAt", "Owner", "Tags", "ParentId", "Cut", "IsRedacted"
        """;

    /// <summary>The newest attempts of a job, the oldest of them first; none when the history does not know the job.</summary>
    public async Task<IReadOnlyList<AttemptRow>> GetByJobAsync(string jobId, int limit, CancellationToken cancel = default)
    {
        var rows = await ReadAsync($"""
            SELECT {Columns} FROM "Attempts" WHERE "JobId" = $1 ORDER BY "EndedAt" DESC, "Sequence" DESC LIMIT $2
            """, [Sql.Of(StoredText.Clean(jobId, AttemptLimits.Name)), Sql.Of(limit)], cancel);
        rows.Reverse();
        return rows;
    }

    /// <summary>The attempt whose event stood at this position of the stream, or null.</summary>
    public async Task<AttemptRow?> GetAsync(DateTimeOffset endedAt, int sequence, CancellationToken cancel = default) =>
        (await ReadAsync($"""SELECT {Columns} FROM "Attempts" WHERE "EndedAt" = $1 AND "Sequence" = $2 LIMIT 1""", [Sql.OfTime(endedAt), Sql.Of(sequence)], cancel))
            .FirstOrDefault();

    private async Task<List<AttemptRow>> ReadAsync(string statement, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var command = database.Reading.CreateCommand(statement);
        command.Parameters.AddAll(parameters);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var rows = new List<AttemptRow>();
        while (await row.ReadAsync(cancel))
            rows.Add(Read(row));
        return rows;
    }

    private static AttemptRow Read(NpgsqlDataReader row) => new()
    {
        EndedAt = row.GetTime(0),
        Sequence = row.GetInt32(1),
        JobId = row.GetString(2),
        Type = row.GetString(3),
        TypeName = row.GetString(4),
        Queue = row.GetString(5),
        Worker = row.GetString(6),
        Host = row.GetString(7),
        Version = row.GetString(8),
        Outcome = (AttemptOutcome)row.GetInt16(9),
        Attempt = row.GetInt32(10),
        CreatedAt = row.GetTimeOrNull(11),
        EnqueuedAt = row.GetTimeOrNull(12),
        StartedAt = row.GetTimeOrNull(13),
        WaitMs = row.IsDBNull(14) ? null : row.GetInt64(14),
        RunMs = row.IsDBNull(15) ? null : row.GetInt64(15),
        Arguments = Text(row, 16),
        Result = Text(row, 17),
        ErrorType = Text(row, 18),
        ErrorMessage = Text(row, 19),
        Stack = Text(row, 20),
        Reason = Text(row, 21),
        Failure = row.IsDBNull(22) ? null : new FailureIdentity(row.GetGuid(22), "", ""),
        ScheduleId = row.IsDBNull(23) ? null : row.GetGuid(23),
        NominalAt = row.GetTimeOrNull(24),
        Owner = row.GetString(25),
        Tags = row.GetFieldValue<string[]>(26),
        ParentId = Text(row, 27),
        Cut = (CutTexts)row.GetInt16(28),
        IsRedacted = row.GetBoolean(29),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
