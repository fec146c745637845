using Npgsql;

namespace OpsConsole.Data.Schedules;

/// <summary>How occurrences get into the ledger and out of it by hand-written statements.</summary>
internal static class OccurrenceSql
{
    public const string Columns = """
        "ScheduleId", "NominalAt", "Origin", "Kind", "State", "DueAt", "Version", "RecordedAt", "EnqueuedAt", "Cause", "DeadlineAt", "IsOpen", "MissedAt", "Arguments", "RequestedBy", "ExpirySeconds"
        """;

    /// <summary>Inserts those that are not there yet, and gives the identities of these. $1 is free for a condition.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<Occurrence> rows, NpgsqlParameter first, string condition)
    {
        var insert = new NpgsqlBatchCommand($"""
            INSERT INTO "Occurrences" ({Columns}, "Attempts", "IsDeadlineMissed")
            SELECT *, 0, false FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) WHERE {condition}
            ON CONFLICT DO NOTHING
            RETURNING "ScheduleId", "NominalAt", "Origin"
            """);
        insert.Parameters.AddAll([
            first,
            Sql.Column(rows, o => o.ScheduleId),
            Sql.Times(rows, o => o.NominalAt),
            Sql.Column(rows, o => o.Origin),
            Sql.Column(rows, o => (short)o.Kind),
            Sql.Column(rows, o => (short)o.State),
            Sql.Times(rows, o => o.DueAt),
            Sql.Column(rows, o => o.Version),
            Sql.Times(rows, o => o.RecordedAt),
            Sql.Times(rows, o => o.EnqueuedAt),
            Sql.Texts(rows, o => StoredText.Clean(o.Cause, ScheduleLimits.Cause)),
            Sql.Times(rows, o => o.DeadlineAt),
            Sql.Column(rows, o => o.IsOpen),
            Sql.Times(rows, o => o.MissedAt ?? (IsMissed(o.State) ? o.RecordedAt : null)),
            Sql.Texts(rows, o => StoredText.Clean(o.Arguments, int.MaxValue)),
            Sql.Texts(rows, o => StoredText.Clean(o.RequestedBy, ScheduleLimits.Operator)),
            Sql.Column(rows, o => o.ExpirySeconds),
        ]);
        return insert;
    }

    public static bool IsMissed(OccurrenceState state) => state is OccurrenceState.Missed or OccurrenceState.FailedToEnqueue;

    public static OccurrenceId ReadId(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetTime(1), row.GetGuid(2));

    /// <summary>Reads <see cref="Columns"/>, and behind them outcome, start, end, attempts and the deadline's mark.</summary>
    public static Occurrence Read(NpgsqlDataReader row) => new()
    {
        ScheduleId = row.GetGuid(0),
        NominalAt = row.GetTime(1),
        Origin = row.GetGuid(2),
        Kind = (OccurrenceKind)row.GetInt16(3),
        State = (OccurrenceState)row.GetInt16(4),
        DueAt = row.GetTime(5),
        Version = row.GetInt32(6),
        RecordedAt = row.GetTime(7),
        EnqueuedAt = row.GetTimeOrNull(8),
        Cause = row.IsDBNull(9) ? null : row.GetString(9),
        DeadlineAt = row.GetTimeOrNull(10),
        IsOpen = row.GetBoolean(11),
        MissedAt = row.GetTimeOrNull(12),
        Arguments = row.IsDBNull(13) ? null : row.GetString(13),
        RequestedBy = row.IsDBNull(14) ? null : row.GetString(14),
        ExpirySeconds = row.IsDBNull(15) ? null : row.GetInt32(15),
        Outcome = row.IsDBNull(16) ? null : (JobOutcome)row.GetInt16(16),
        StartedAt = row.GetTimeOrNull(17),
        EndedAt = row.GetTimeOrNull(18),
        Attempts = row.GetInt32(19),
        IsDeadlineMissed = row.GetBoolean(20),
    };
}
