using Npgsql;

namespace OpsConsole.Data.Failures;

/// <summary>The statement behind a page of groups.</summary>
internal static class GroupFilter
{
    public static NpgsqlBatchCommand Page(GroupQuery query, DateTimeOffset quietBefore, int limit)
    {
        var command = new NpgsqlBatchCommand();
        var where = new List<string> { Tab(query.Tab, command, quietBefore, query.ViewerId) };
        if (Given(query.Text) is { } text)
            where.Add($"""("JobType" || ' ' || "ErrorType" || ' ' || "Template" || ' ' || "Frame") ILIKE {Add(command, Sql.Of("%" + Escaped(text) + "%"))}""");
        if (Given(query.JobType) is { } type)
            where.Add($"\"JobType\" = {Add(command, Sql.Of(type))}");
        if (Given(query.Queue) is { } queue)
            where.Add($"\"Facets\"->'queues' ? {Add(command, Sql.Of(queue))}");
        if (Given(query.Version) is { } version)
            where.Add($"\"Facets\"->'versions' ? {Add(command, Sql.Of(version))}");
        var column = Column(query.Sort);
        if (query.After is { } after)
            where.Add($"({column}, \"Id\") < ({Add(command, query.Sort == GroupSort.Count ? Sql.Of(after.Value) : Sql.OfTime(Moment(after.Value)))}, {Add(command, Sql.Of(after.Id))})");
        // Sorted by themselves first: curves and facets of groups that are not on the page would be unpacked only to be thrown away.
        command.CommandText = $"""
            SELECT {GroupSql.Columns} FROM "FailureGroups"
            JOIN (SELECT "Id" FROM "FailureGroups" WHERE {string.Join(" AND ", where)} ORDER BY {column} DESC, "Id" DESC LIMIT {Add(command, Sql.Of(limit))}) AS page USING ("Id")
            ORDER BY {column} DESC, "Id" DESC
            """;
        return command;
    }

    public static GroupKey KeyOf(FailureGroup last, GroupSort sort) => new(sort switch
    {
        GroupSort.Count => last.Count,
        GroupSort.First => Micros(last.FirstSeenAt),
        _ => Micros(last.LastSeenAt),
    }, last.Id);

    private static string Tab(GroupTab tab, NpgsqlBatchCommand command, DateTimeOffset quietBefore, Guid? viewer) => tab switch
    {
        GroupTab.Snoozed => "\"State\" = 3",
        GroupTab.Resolved => "\"State\" = 4",
        GroupTab.Mine => $"\"State\" <= 2 AND \"AssigneeId\" = {Add(command, Sql.Of(viewer ?? Guid.Empty))}",
        GroupTab.Quiet => $"\"State\" <= 2 AND \"LastSeenAt\" < {Add(command, Sql.OfTime(quietBefore))}",
        GroupTab.Unowned => $"\"State\" <= 2 AND \"AssigneeId\" IS NULL AND \"LastSeenAt\" >= {Add(command, Sql.OfTime(quietBefore))}",
        _ => $"\"State\" <= 2 AND \"LastSeenAt\" >= {Add(command, Sql.OfTime(quietBefore))}",
    };

    private static string Column(GroupSort sort) => sort switch
    {
        GroupSort.Count => "\"Count\"",
        GroupSort.First => "\"FirstSeenAt\"",
        _ => "\"LastSeenAt\"",
    };

    private static string Add(NpgsqlBatchCommand command, NpgsqlParameter parameter)
    {
        command.Parameters.Add(parameter);
        return "$" + command.Parameters.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : StoredText.Clean(text.Trim(), GroupLimits.Name);

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    /// <summary>The database counts in microseconds; a coarser key would repeat or lose rows.</summary>
    private static long Micros(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static DateTimeOffset Moment(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
