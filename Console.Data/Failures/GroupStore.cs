using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Failures;

/// <summary>The groups of failures, for pages.</summary>
public sealed partial class GroupStore(HistoryDatabase database, TimeProvider time)
{
    private const string CountTabs = """
        SELECT count(*) FILTER (WHERE "State" <= 2 AND "LastSeenAt" >= $1), count(*) FILTER (WHERE "State" <= 2 AND "LastSeenAt" >= $1 AND "AssigneeId" IS NULL),
            count(*) FILTER (WHERE "State" <= 2 AND "AssigneeId" = $2), count(*) FILTER (WHERE "State" = 3),
            count(*) FILTER (WHERE "State" <= 2 AND "LastSeenAt" < $1), count(*) FILTER (WHERE "State" = 4)
        FROM "FailureGroups"
        """;

    public async Task<GroupListing> PageAsync(GroupQuery query, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        var limit = Math.Clamp(query.Limit, 1, GroupLimits.Page);
        await using var batch = database.Reading.CreateBatch();
        batch.BatchCommands.Add(WakeDue(now));
        batch.BatchCommands.Add(GroupFilter.Page(query, now - GroupLimits.QuietAfter, limit + 1));
        batch.BatchCommands.Add(Tabs(query.ViewerId, now));
        await using var row = await batch.ExecuteReaderAsync(cancel);
        var groups = new List<FailureGroup>();
        while (await row.ReadAsync(cancel))
            groups.Add(GroupSql.Read(row));
        await row.NextResultAsync(cancel);
        var counts = await ReadCountsAsync(row, cancel);
        if (groups.Count <= limit)
            return new GroupListing(groups, null, counts);
        groups.RemoveAt(limit);
        return new GroupListing(groups, GroupFilter.KeyOf(groups[^1], query.Sort), counts);
    }

    /// <summary>Open groups that nobody has looked at and that are news: they came back, or were first seen and have failed often since.</summary>
    /// <param name="since">What happened before is no news.</param>
    /// <param name="failures">Fewest failures of a new one.</param>
    /// <returns>Those that came back first, then those that failed most; one more than the limit tells that there are further ones.</returns>
    public async Task<IReadOnlyList<FailureGroup>> NewsAsync(DateTimeOffset since, int failures, int limit, CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand($"""
            SELECT {GroupSql.Columns} FROM "FailureGroups"
            WHERE "State" = 1 AND "AssigneeId" IS NULL AND "LastSeenAt" >= $1
                AND (("StateJobId" IS NOT NULL AND "StateAt" >= $1) OR ("StateBy" = '' AND "FirstSeenAt" >= $1 AND "Count" >= $2))
            ORDER BY ("StateJobId" IS NOT NULL) DESC, "Count" DESC, "Id" LIMIT $3
            """);
        command.Parameters.AddAll([Sql.OfTime(since), Sql.Of(failures), Sql.Of(Math.Clamp(limit, 1, GroupLimits.Page))]);
        var groups = new List<FailureGroup>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            groups.Add(GroupSql.Read(row));
        return groups;
    }

    public async Task<GroupCounts> CountAsync(Guid? viewerId, CancellationToken cancel = default)
    {
        var now = time.GetUtcNow();
        await using var batch = database.Reading.CreateBatch();
        batch.BatchCommands.Add(WakeDue(now));
        batch.BatchCommands.Add(Tabs(viewerId, now));
        await using var row = await batch.ExecuteReaderAsync(cancel);
        return await ReadCountsAsync(row, cancel);
    }

    /// <returns>Null for an id that is unknown, or of a group that has left.</returns>
    public async Task<(FailureGroup Group, GroupExample Example)?> GetAsync(Guid id, CancellationToken cancel = default)
    {
        await using var batch = database.Reading.CreateBatch();
        batch.BatchCommands.Add(WakeDue(time.GetUtcNow()));
        var get = new NpgsqlBatchCommand($"""
            SELECT {GroupSql.Columns}, "ExampleAt", "ExampleSequence", "ExampleJobId", "ExampleMessage", "ExampleStack" FROM "FailureGroups" WHERE "Id" = $1
            """);
        get.Parameters.Add(Sql.Of(id));
        batch.BatchCommands.Add(get);
        await using var row = await batch.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? (GroupSql.Read(row), new GroupExample(row.GetTime(23), row.GetInt32(24), row.GetString(25), row.GetString(26), row.GetString(27)))
            : null;
    }

    /// <summary>What happened to a group, newest first.</summary>
    /// <param name="before">Id of an event; null for the newest.</param>
    public async Task<IReadOnlyList<GroupEvent>> EventsAsync(Guid id, int limit, long? before = null, CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand("""
            SELECT "Id", "GroupId", "At", "Act", "By", "Text", "JobId" FROM "FailureGroupEvents" WHERE "GroupId" = $1 AND "Id" < $2 ORDER BY "Id" DESC LIMIT $3
            """);
        command.Parameters.AddAll([Sql.Of(id), Sql.Of(before ?? long.MaxValue), Sql.Of(Math.Clamp(limit, 1, GroupLimits.Page))]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var events = new List<GroupEvent>();
        while (await row.ReadAsync(cancel))
            events.Add(new GroupEvent(row.GetInt64(0), row.GetGuid(1), row.GetTime(2), (GroupAct)row.GetInt16(3), row.GetString(4), row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6)));
        return events;
    }

    /// <summary>The newest failures of a group that are still in the history.</summary>
    public async Task<IReadOnlyList<GroupFailure>> FailuresAsync(Guid id, int limit, CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand("""
            SELECT "JobId", "EndedAt", "Sequence", "Attempt", "Outcome", "Queue", "Worker", "Host", "Version", left("ErrorMessage", 400) FROM "Attempts"
            WHERE "Kept" = 2 AND "GroupId" = $1 ORDER BY "EndedAt" DESC, "Sequence" DESC LIMIT $2
            """);
        command.Parameters.AddAll([Sql.Of(id), Sql.Of(Math.Clamp(limit, 1, GroupLimits.Page))]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var failures = new List<GroupFailure>();
        while (await row.ReadAsync(cancel))
            failures.Add(new GroupFailure(row.GetString(0), row.GetTime(1), row.GetInt32(2), row.GetInt32(3), (AttemptOutcome)row.GetInt16(4),
                row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8), row.IsDBNull(9) ? "" : row.GetString(9)));
        return failures;
    }

    private static NpgsqlBatchCommand WakeDue(DateTimeOffset now) => new(GroupSql.Wake) { Parameters = { Sql.OfTime(now) } };

    private static NpgsqlBatchCommand Tabs(Guid? viewerId, DateTimeOffset now) => new(CountTabs) { Parameters = { Sql.OfTime(now - GroupLimits.QuietAfter), Sql.Of(viewerId ?? Guid.Empty) } };

    private static async Task<GroupCounts> ReadCountsAsync(NpgsqlDataReader row, CancellationToken cancel)
    {
        await row.ReadAsync(cancel);
        return new GroupCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));
    }
}

/// <summary>One failed attempt of a group.</summary>
public sealed record GroupFailure(
    string JobId, DateTimeOffset EndedAt, int Sequence, int Attempt, AttemptOutcome Outcome, string Queue, string Worker, string Host, string Version, string Message);
