using Npgsql;
using NpgsqlTypes;

namespace OpsConsole.Data.Schedules;

/// <summary>One try at an import: everything goes into a staging table first, and from there in a few statements into the real ones.</summary>
internal sealed class ScheduleImportRun(NpgsqlConnection connection, DateTimeOffset now, ScheduleAuthor author)
{
    private const string PauseNote = "Imported as paused.";
    private const int TimeoutSeconds = 300;

    private const string Stage = """
        CREATE TEMP TABLE staged ("row" int NOT NULL, id uuid NOT NULL, is_new bool NOT NULL, expected int, definition text NOT NULL, name text NOT NULL,
            name_key text NOT NULL, job_type text NOT NULL, queue text, owner text NOT NULL, tags text[] NOT NULL, search text NOT NULL, timing text NOT NULL, calendars text[] NOT NULL,
            paused bool NOT NULL, version int NOT NULL DEFAULT 1, changed bool NOT NULL DEFAULT true) ON COMMIT DROP
        """;

    private const string Copy = """
        COPY staged ("row", id, is_new, expected, definition, name, name_key, job_type, queue, owner, tags, search, timing, calendars, paused) FROM STDIN (FORMAT BINARY)
        """;

    // Locked in one order, and before they are looked at.
    private const string Lock = """
        SELECT 1 FROM "Schedules" WHERE "Id" IN (SELECT id FROM staged WHERE NOT is_new) ORDER BY "Id" FOR UPDATE
        """;

    private const string Problems = """
        SELECT i."row", CASE
            WHEN NOT i.is_new AND s."Id" IS NULL THEN $1
            WHEN i.expected <> s."Version" THEN $2
            ELSE $3 END
        FROM staged i LEFT JOIN "Schedules" s ON s."Id" = i.id AND s."DeletedAt" IS NULL
        WHERE (NOT i.is_new AND (s."Id" IS NULL OR i.expected <> s."Version"))
            OR i.name_key IN (SELECT name_key FROM staged GROUP BY name_key HAVING count(*) > 1)
            OR EXISTS (SELECT 1 FROM "Schedules" t WHERE t."NameKey" = i.name_key AND t."DeletedAt" IS NULL AND t."Id" NOT IN (SELECT id FROM staged))
        ORDER BY 1
        """;

    private const string Compare = """
        UPDATE staged i SET changed = s."Definition"::text <> i.definition, version = s."Version" + (s."Definition"::text <> i.definition)::int
        FROM "Schedules" s WHERE s."Id" = i.id AND NOT i.is_new
        """;

    // Two schedules may swap their names: for a moment each that is renamed has a key that is nobody's name.
    private const string FreeNames = """
        UPDATE "Schedules" s SET "NameKey" = chr(1) || s."Id" FROM staged i WHERE i.id = s."Id" AND i.name_key <> s."NameKey"
        """;

    private const string Change = """
        UPDATE "Schedules" s SET "Version" = i.version, "Definition" = i.definition::json, "Name" = i.name, "NameKey" = i.name_key, "JobType" = i.job_type,
            "Queue" = i.queue, "Owner" = i.owner, "Tags" = i.tags, "SearchText" = i.search, "Timing" = i.timing, "Calendars" = i.calendars, "UpdatedAt" = clock_timestamp(),
            "PausedAt" = CASE WHEN i.paused THEN coalesce(s."PausedAt", $1) ELSE s."PausedAt" END,
            "PausedBy" = CASE WHEN i.paused AND s."PausedAt" IS NULL THEN $2 ELSE s."PausedBy" END,
            "PauseNote" = CASE WHEN i.paused AND s."PausedAt" IS NULL THEN $3 ELSE s."PauseNote" END,
            "Source" = coalesce($4, s."Source"),
            "SourceDefinition" = CASE WHEN $4 IS NULL THEN s."SourceDefinition" ELSE i.definition::json END
        FROM staged i WHERE s."Id" = i.id AND NOT i.is_new
        """;

    private const string Make = """
        INSERT INTO "Schedules" ("Id", "Version", "Definition", "Name", "NameKey", "JobType", "Queue", "Owner", "Tags", "SearchText", "Timing", "Calendars",
            "PausedAt", "PausedBy", "PauseNote", "Source", "SourceDefinition", "CreatedAt", "UpdatedAt")
        SELECT i.id, 1, i.definition::json, i.name, i.name_key, i.job_type, i.queue, i.owner, i.tags, i.search, i.timing, i.calendars,
            CASE WHEN i.paused THEN $1 END, CASE WHEN i.paused THEN $2 END, CASE WHEN i.paused THEN $3 END,
            $4, CASE WHEN $4 IS NOT NULL THEN i.definition::json END, $1, clock_timestamp()
        FROM staged i WHERE i.is_new
        """;

    private const string MakeCursors = """
        INSERT INTO "ScheduleCursors" ("ScheduleId", "Version", "GraceSeconds", "Runs", "FailuresInRow") SELECT id, 0, 0, 0, 0 FROM staged WHERE is_new
        """;

    private const string MakeVersions = """
        INSERT INTO "ScheduleVersions" ("ScheduleId", "Version", "At", "By", "Why", "Definition") SELECT id, version, $1, $2, $3, definition::json FROM staged WHERE changed
        """;

    public async Task StageAsync(IReadOnlyList<ScheduleStage> rows, CancellationToken cancel)
    {
        await RunAsync(Stage, [], cancel);
        await using (var copy = await connection.BeginBinaryImportAsync(Copy, cancel))
        {
            foreach (var row in rows)
                await WriteAsync(copy, row, cancel);
            await copy.CompleteAsync(cancel);
        }
        await RunAsync("ANALYZE staged", [], cancel);
    }

    /// <summary>Rows that cannot be written, in their order.</summary>
    public async Task<IReadOnlyList<ScheduleImportProblem>> ProblemsAsync(CancellationToken cancel)
    {
        await RunAsync(Lock, [], cancel);
        await using var command = new NpgsqlCommand(Problems, connection) { CommandTimeout = TimeoutSeconds };
        command.Parameters.AddAll([Sql.Of((int)ScheduleWriteOutcome.NotFound), Sql.Of((int)ScheduleWriteOutcome.Conflict), Sql.Of((int)ScheduleWriteOutcome.NameTaken)]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var problems = new List<ScheduleImportProblem>();
        while (await row.ReadAsync(cancel))
            problems.Add(new(row.GetInt32(0), (ScheduleWriteOutcome)row.GetInt32(1)));
        return problems;
    }

    public async Task WriteAsync(string? source, CancellationToken cancel)
    {
        var by = StoredText.Clean(author.Name, ScheduleLimits.Operator);
        await RunAsync(Compare, [], cancel);
        await RunAsync(FreeNames, [], cancel);
        await RunAsync(Change, [Sql.OfTime(now), Sql.OfText(by), Sql.OfText(PauseNote), Sql.OfText(source)], cancel);
        await RunAsync(Make, [Sql.OfTime(now), Sql.OfText(by), Sql.OfText(PauseNote), Sql.OfText(source)], cancel);
        await RunAsync(MakeCursors, [], cancel);
        await RunAsync(MakeVersions, [Sql.OfTime(now), Sql.OfText(by), Sql.OfText(StoredText.Clean(author.Why, ScheduleLimits.Note))], cancel);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, ScheduleStage row, CancellationToken cancel)
    {
        var definition = row.Definition;
        await copy.StartRowAsync(cancel);
        await copy.WriteAsync(row.Row, cancel);
        await copy.WriteAsync(row.Id, cancel);
        await copy.WriteAsync(row.IsNew, cancel);
        await (row.Expected is { } expected ? copy.WriteAsync(expected, cancel) : copy.WriteNullAsync(cancel));
        await copy.WriteAsync(ScheduleJson.Write(definition), NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(definition.Name, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(ScheduleText.Key(definition.Name), NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(definition.Job.Type, NpgsqlDbType.Text, cancel);
        await (definition.Job.Queue is { } queue ? copy.WriteAsync(queue, NpgsqlDbType.Text, cancel) : copy.WriteNullAsync(cancel));
        await copy.WriteAsync(definition.Owner, NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(definition.Tags.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(ScheduleText.Search(definition), NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(ScheduleJson.Write(definition.When), NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(definition.When.ExceptCalendars.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancel);
        await copy.WriteAsync(row.Paused, cancel);
    }

    private async Task RunAsync(string statement, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = TimeoutSeconds };
        command.Parameters.AddAll(parameters);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
