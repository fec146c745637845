using System.Runtime.CompilerServices;
using Npgsql;

namespace OpsConsole.Data.Schedules;

// What the runner reads.
public sealed partial class RunnerStore
{
    // A transaction may commit this long after the clock was read for its rows.
    private static readonly TimeSpan CommitDelay = TimeSpan.FromSeconds(15);

    // The versions of the few schedules that have to be planned anew, one by one: a join would read the versions of all.
    private const string Rows = """
        SELECT s."Id", s."Version", s."Name", s."Definition"::text, s."PausedAt", s."PausedUntil", s."CreatedAt", s."UpdatedAt", s."DeletedAt" IS NOT NULL,
            c."Version", c."NextNominalAt", c."NextDueAt", c."GraceSeconds", c."Runs", c."FailuresInRow", c."LastNominalAt", c."LastState", c."LastOutcome", c."LastOutcomeAt",
            s."PausedBy",
            CASE WHEN c."Version" <> s."Version" AND s."Version" > 1
                THEN (SELECT v."At" FROM "ScheduleVersions" v WHERE v."ScheduleId" = s."Id" AND v."Version" = s."Version") END,
            CASE WHEN greatest(c."Version", 1) <> s."Version"
                THEN (SELECT v."Definition"::text FROM "ScheduleVersions" v WHERE v."ScheduleId" = s."Id" AND v."Version" = greatest(c."Version", 1)) END
        FROM "Schedules" s JOIN "ScheduleCursors" c ON c."ScheduleId" = s."Id"
        """;

    /// <summary>All schedules that are not deleted, in no order.</summary>
    public IAsyncEnumerable<RunnerRow> LoadAsync(CancellationToken cancel = default) => ReadAsync(Rows + """ WHERE s."DeletedAt" IS NULL""", [], cancel);

    /// <summary>
    /// Schedules that changed after this moment of the database's clock, deleted ones too. Those of the seconds before come again, for
    /// their transactions may have committed late: the version and <see cref="RunnerRow.UpdatedAt"/> tell what is new.
    /// </summary>
    public IAsyncEnumerable<RunnerRow> ChangedSinceAsync(DateTimeOffset updatedAt, CancellationToken cancel = default) =>
        ReadAsync(Rows + """ WHERE s."UpdatedAt" > $1""", [Sql.OfTime(updatedAt - CommitDelay)], cancel);

    /// <summary>Some schedules, deleted ones too.</summary>
    public IAsyncEnumerable<RunnerRow> LoadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancel = default) =>
        ReadAsync(Rows + """ WHERE s."Id" = ANY($1)""", [Sql.Of(ids.ToArray())], cancel);

    private async IAsyncEnumerable<RunnerRow> ReadAsync(string statement, NpgsqlParameter[] parameters, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = database.CreateCommand(statement);
        command.Parameters.AddAll(parameters);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            yield return ReadRow(row);
    }

    private static RunnerRow ReadRow(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetInt32(1),
        row.GetString(2),
        row.GetString(3),
        row.GetTimeOrNull(4),
        row.IsDBNull(19) ? null : row.GetString(19),
        row.GetTimeOrNull(5),
        row.GetTime(6),
        row.GetTime(7),
        row.GetBoolean(8),
        new ScheduleCursor
        {
            ScheduleId = row.GetGuid(0),
            Version = row.GetInt32(9),
            NextNominalAt = row.GetTimeOrNull(10),
            NextDueAt = row.GetTimeOrNull(11),
            GraceSeconds = row.GetInt32(12),
            Runs = row.GetInt64(13),
            FailuresInRow = row.GetInt32(14),
            LastNominalAt = row.GetTimeOrNull(15),
            LastState = row.IsDBNull(16) ? null : (OccurrenceState)row.GetInt16(16),
            LastOutcome = row.IsDBNull(17) ? null : (JobOutcome)row.GetInt16(17),
            LastOutcomeAt = row.GetTimeOrNull(18),
        },
        row.GetTimeOrNull(20),
        row.IsDBNull(21) ? null : row.GetString(21));
}
