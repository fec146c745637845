using Npgsql;

namespace OpsConsole.Data.History.Search.Statements;

/// <summary>The columns of an <see cref="AttemptSummary"/>: the beginnings of long texts only.</summary>
internal static class AttemptColumns
{
    public const string All = """
        "EndedAt", "Sequence", "JobId", "Type", "Queue", "Worker", "Host", "Version", "Outcome", "Attempt", "CreatedAt", "EnqueuedAt", "StartedAt",
        "WaitMs", "RunMs", left("Arguments"::text, 1000), "ErrorType", left("ErrorMessage", 500), left("Reason", 500), "GroupId", "ScheduleId",
        "NominalAt", "Owner", "Tags", "ParentId", "Cut", "IsRedacted"
        """;

    public static AttemptSummary Read(NpgsqlDataReader row) => new()
    {
        Key = new(row.GetTime(0), row.GetInt32(1)),
        JobId = row.GetString(2),
        Type = row.GetString(3),
        Queue = row.GetString(4),
        Worker = row.GetString(5),
        Host = row.GetString(6),
        Version = row.GetString(7),
        Outcome = (AttemptOutcome)row.GetInt16(8),
        Attempt = row.GetInt32(9),
        CreatedAt = row.GetTimeOrNull(10),
        EnqueuedAt = row.GetTimeOrNull(11),
        StartedAt = row.GetTimeOrNull(12),
        WaitMs = row.IsDBNull(13) ? null : row.GetInt64(13),
        RunMs = row.IsDBNull(14) ? null : row.GetInt64(14),
        Arguments = TextOrNull(row, 15),
        ErrorType = TextOrNull(row, 16),
        ErrorMessage = TextOrNull(row, 17),
        Reason = TextOrNull(row, 18),
        GroupId = row.IsDBNull(19) ? null : row.GetGuid(19),
        ScheduleId = row.IsDBNull(20) ? null : row.GetGuid(20),
        NominalAt = row.GetTimeOrNull(21),
        Owner = row.GetString(22),
        Tags = row.GetFieldValue<string[]>(23),
        ParentId = TextOrNull(row, 24),
        Cut = (CutTexts)row.GetInt16(25),
        IsRedacted = row.GetBoolean(26),
    };

    private static string? TextOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
