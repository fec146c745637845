using Npgsql;
using OpsConsole.Data.History;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Data.Figures.Targets;

/// <summary>How a target was written, or why not.</summary>
public enum TargetWriteOutcome
{
    Saved,
    /// <summary>There is one for the same thing already.</summary>
    Taken,
    /// <summary>Somebody has changed it, or deleted it, meanwhile.</summary>
    Conflict,
    /// <summary>There are <see cref="TargetLimits.Targets"/> of them.</summary>
    TooMany,
}

/// <summary>The targets that are set.</summary>
public sealed class TargetStore(HistoryDatabase database, TimeProvider time)
{
    private const string Columns = """
        t."Id", t."Kind", t."JobType", t."ScheduleId", t."Measure", t."Objective", t."LimitMs", t."Version", t."UpdatedAt", t."UpdatedBy", coalesce(s."Name", '')
        FROM "Targets" t LEFT JOIN "Schedules" s ON s."Id" = t."ScheduleId" AND s."DeletedAt" IS NULL
        """;

    /// <summary>All of them: for everything first, then by name.</summary>
    public async Task<IReadOnlyList<Target>> ListAsync(CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand($"""
            SELECT {Columns} ORDER BY t."Kind" IN (1, 2), t."Kind" IN (2, 3), t."JobType", s."Name", t."Measure", t."Id" LIMIT {TargetLimits.Targets}
            """);
        var targets = new List<Target>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            targets.Add(Read(rows));
        return targets;
    }

    public async Task<Target?> GetAsync(Guid id, CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand($"""SELECT {Columns} WHERE t."Id" = $1""");
        command.Parameters.Add(Sql.Of(id));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? Read(rows) : null;
    }

    /// <summary>Sets a new target, or changes the one of its id where it still has this version.</summary>
    /// <param name="expectedVersion">The version that was edited; null: a new one.</param>
    public async Task<TargetWriteOutcome> SaveAsync(Target target, int? expectedVersion, string by, CancellationToken cancel = default)
    {
        if (TargetLimits.ProblemOf(target) is { } problem)
            throw new ArgumentException(problem, nameof(target));
        await using var command = database.Writing.CreateCommand(expectedVersion is null
            ? $"""
                INSERT INTO "Targets" ("Id", "Kind", "JobType", "ScheduleId", "Measure", "Objective", "LimitMs", "Version", "UpdatedAt", "UpdatedBy")
                SELECT $1, $2, $3, $4, $5, $6, $7, 1, $8, $9 WHERE (SELECT count(*) FROM "Targets") < {TargetLimits.Targets}
                """
            : """
                UPDATE "Targets" SET "Kind" = $2, "JobType" = $3, "ScheduleId" = $4, "Measure" = $5, "Objective" = $6, "LimitMs" = $7,
                    "Version" = "Version" + 1, "UpdatedAt" = $8, "UpdatedBy" = $9
                WHERE "Id" = $1 AND "Version" = $10
                """);
        command.Parameters.Add(Sql.Of(target.Id));
        command.Parameters.Add(Sql.Of((short)target.Kind));
        command.Parameters.Add(Sql.Of(target.Kind == TargetKind.JobType ? StoredText.Clean(target.JobType, TargetLimits.JobType) : ""));
        command.Parameters.Add(Sql.Of(target.Kind == TargetKind.Schedule ? target.ScheduleId : Guid.Empty));
        command.Parameters.Add(Sql.Of((short)target.Measure));
        command.Parameters.Add(Sql.Of(target.Objective));
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint, Value = target.Measure == TargetMeasure.StartedInTime ? target.LimitMs : DBNull.Value });
        command.Parameters.Add(Sql.OfTime(time.GetUtcNow()));
        command.Parameters.Add(Sql.Of(StoredText.Clean(by, ScheduleLimits.Operator)));
        if (expectedVersion is { } version)
            command.Parameters.Add(Sql.Of(version));
        try
        {
            return await command.ExecuteNonQueryAsync(cancel) == 1 ? TargetWriteOutcome.Saved : expectedVersion is null ? TargetWriteOutcome.TooMany : TargetWriteOutcome.Conflict;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return TargetWriteOutcome.Taken;
        }
    }

    /// <returns>False when it was gone already.</returns>
    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancel = default)
    {
        await using var command = database.Writing.CreateCommand("""DELETE FROM "Targets" WHERE "Id" = $1""");
        command.Parameters.Add(Sql.Of(id));
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    private static Target Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Kind = (TargetKind)row.GetInt16(1),
        JobType = row.GetString(2),
        ScheduleId = row.GetGuid(3),
        Measure = (TargetMeasure)row.GetInt16(4),
        Objective = row.GetDecimal(5),
        LimitMs = row.IsDBNull(6) ? null : row.GetInt64(6),
        Version = row.GetInt32(7),
        UpdatedAt = row.GetTime(8),
        UpdatedBy = row.GetString(9),
        ScheduleName = row.GetString(10),
    };
}
