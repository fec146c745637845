using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Failures;

/// <summary>Statements over the groups, and their rows.</summary>
internal static class GroupSql
{
    /// <summary>In one order everywhere, so that those who hold several wait for each other instead of blocking each other.</summary>
    public const string Hold = """
        SELECT "Id", "FirstSeenAt", "LastSeenAt", "Count", "FinalCount", "LastOutcome", "State", "StateAt", "StateBy", "StateText", "StateJobId",
            "SnoozedUntil", "SnoozedCount", "Version", "Hours", "Days", "Facets"::text, "ExampleAt"
        FROM "FailureGroups" WHERE "Id" = ANY($1) ORDER BY "Id" FOR UPDATE
        """;

    public const string Upsert = """
        INSERT INTO "FailureGroups" AS g ("Id", "JobType", "ErrorType", "Template", "Frame", "FirstSeenAt", "LastSeenAt", "Count", "FinalCount", "LastOutcome",
            "State", "StateAt", "StateBy", "StateText", "StateJobId", "SnoozedUntil", "SnoozedCount", "Version", "Hours", "Days", "Facets",
            "ExampleAt", "ExampleSequence", "ExampleJobId", "ExampleMessage", "ExampleStack")
        SELECT id, type, error, template, frame, first, last, count, final, outcome, state, at, by, why, job, until, upto, version, hours, days, facets::jsonb,
            coalesce(eat, '-infinity'), eseq, coalesce(ejob, ''), coalesce(emessage, ''), coalesce(estack, '')
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)
            AS n(id, type, error, template, frame, first, last, count, final, outcome, state, at, by, why, job, until, upto, version, hours, days, facets, eat, eseq, ejob, emessage, estack)
        ON CONFLICT ("Id") DO UPDATE SET
            "FirstSeenAt" = excluded."FirstSeenAt", "LastSeenAt" = excluded."LastSeenAt", "Count" = excluded."Count", "FinalCount" = excluded."FinalCount",
            "LastOutcome" = excluded."LastOutcome", "State" = excluded."State", "StateAt" = excluded."StateAt", "StateBy" = excluded."StateBy",
            "StateText" = excluded."StateText", "StateJobId" = excluded."StateJobId", "SnoozedUntil" = excluded."SnoozedUntil",
            "SnoozedCount" = excluded."SnoozedCount", "Version" = excluded."Version", "Hours" = excluded."Hours", "Days" = excluded."Days", "Facets" = excluded."Facets",
            "ExampleAt" = CASE WHEN excluded."ExampleJobId" = '' THEN g."ExampleAt" ELSE excluded."ExampleAt" END,
            "ExampleSequence" = CASE WHEN excluded."ExampleJobId" = '' THEN g."ExampleSequence" ELSE excluded."ExampleSequence" END,
            "ExampleJobId" = CASE WHEN excluded."ExampleJobId" = '' THEN g."ExampleJobId" ELSE excluded."ExampleJobId" END,
            "ExampleMessage" = CASE WHEN excluded."ExampleJobId" = '' THEN g."ExampleMessage" ELSE excluded."ExampleMessage" END,
            "ExampleStack" = CASE WHEN excluded."ExampleJobId" = '' THEN g."ExampleStack" ELSE excluded."ExampleStack" END
        """;

    public const string Trim = """
        DELETE FROM "FailureGroups" WHERE "Id" IN (
            (SELECT "Id" FROM "FailureGroups" WHERE "LastSeenAt" < $1 ORDER BY "LastSeenAt" LIMIT $3)
            UNION ALL
            (SELECT "Id" FROM "FailureGroups" ORDER BY "LastSeenAt" DESC OFFSET $2 LIMIT $3))
        """;

    /// <summary>What a page of groups reads; <see cref="Read"/> takes it.</summary>
    public const string Columns = """
        "Id", "JobType", "ErrorType", "Template", "Frame", "FirstSeenAt", "LastSeenAt", "Count", "FinalCount", "LastOutcome", "State", "StateAt", "StateBy", "StateText",
        "StateJobId", "SnoozedUntil", "SnoozedCount", "AssigneeId", "Assignee", "Version", "Hours", "Days", "Facets"::text
        """;

    /// <summary>Snoozes whose time has come end. Those that are being counted into wake there.</summary>
    public const string Wake = """
        WITH due AS (SELECT "Id" FROM "FailureGroups" WHERE "State" = 3 AND "SnoozedUntil" <= $1 ORDER BY "Id" LIMIT 1000 FOR UPDATE SKIP LOCKED),
        woken AS (
            UPDATE "FailureGroups" g SET "State" = 1, "StateAt" = "SnoozedUntil", "StateBy" = '', "StateText" = 'The time has come until which it was snoozed.', "StateJobId" = NULL,
                "SnoozedUntil" = NULL, "SnoozedCount" = NULL, "Version" = "Version" + 1
            FROM due WHERE g."Id" = due."Id" RETURNING g."Id", g."StateAt", g."StateText")
        INSERT INTO "FailureGroupEvents" ("GroupId", "At", "Act", "By", "Text") SELECT "Id", "StateAt", 9, '', "StateText" FROM woken
        """;

    private const string Events = """
        INSERT INTO "FailureGroupEvents" ("GroupId", "At", "Act", "By", "Text", "JobId") SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
        """;

    public static NpgsqlBatchCommand InsertEvents(IReadOnlyList<GroupEvent> events)
    {
        var insert = new NpgsqlBatchCommand(Events);
        insert.Parameters.AddAll([
            Sql.Column(events, e => e.GroupId), Sql.Times(events, e => e.At), Sql.Column(events, e => (short)e.Act),
            Sql.Texts(events, e => e.By), Sql.Texts(events, e => e.Text), Sql.Texts(events, e => e.JobId),
        ]);
        return insert;
    }

    public static GroupTally ReadTally(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        FirstSeenAt = row.GetTime(1),
        LastSeenAt = row.GetTime(2),
        Count = row.GetInt64(3),
        FinalCount = row.GetInt64(4),
        LastOutcome = (AttemptOutcome)row.GetInt16(5),
        State = (GroupState)row.GetInt16(6),
        StateAt = row.GetTime(7),
        StateBy = row.GetString(8),
        StateText = row.GetString(9),
        StateJobId = row.IsDBNull(10) ? null : row.GetString(10),
        SnoozedUntil = row.GetTimeOrNull(11),
        SnoozedCount = row.IsDBNull(12) ? null : row.GetInt64(12),
        Version = row.GetInt32(13),
        Hours = CountRing.ReadHours(row.GetFieldValue<byte[]>(14)),
        Days = CountRing.ReadDays(row.GetFieldValue<byte[]>(15)),
        Facets = GroupFacets.Parse(row.GetString(16)),
        ExampleAt = row.GetTime(17),
    };

    public static FailureGroup Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        JobType = row.GetString(1),
        ErrorType = row.GetString(2),
        Template = row.GetString(3),
        Frame = row.GetString(4),
        FirstSeenAt = row.GetTime(5),
        LastSeenAt = row.GetTime(6),
        Count = row.GetInt64(7),
        FinalCount = row.GetInt64(8),
        LastOutcome = (AttemptOutcome)row.GetInt16(9),
        State = (GroupState)row.GetInt16(10),
        StateAt = row.GetTime(11),
        StateBy = row.GetString(12),
        StateText = row.GetString(13),
        StateJobId = row.IsDBNull(14) ? null : row.GetString(14),
        SnoozedUntil = row.GetTimeOrNull(15),
        SnoozedCount = row.IsDBNull(16) ? null : row.GetInt64(16),
        AssigneeId = row.IsDBNull(17) ? null : row.GetGuid(17),
        Assignee = row.IsDBNull(18) ? null : row.GetString(18),
        Version = row.GetInt32(19),
        Hours = CountRing.ReadHours(row.GetFieldValue<byte[]>(20)),
        Days = CountRing.ReadDays(row.GetFieldValue<byte[]>(21)),
        Facets = GroupFacets.Parse(row.GetString(22)),
    };
}
