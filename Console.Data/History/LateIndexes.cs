using Npgsql;

namespace OpsConsole.Data.History;

/// <summary>An index of each day table of some classes.</summary>
/// <param name="Name">Behind the name of the table.</param>
/// <param name="On">Method and columns, as in <c>CREATE INDEX … ON … USING</c>.</param>
/// <param name="NeedsTrigrams">Left out where the database has no <c>pg_trgm</c>.</param>
/// <param name="Where">Which rows it has; null for all.</param>
/// <param name="Classes">Which it is built for; null for all.</param>
internal sealed record LateIndex(string Name, string On, bool NeedsTrigrams = false, string? Where = null, params RetentionClass[] Classes)
{
    /// <summary>Whether parts of a day have it before the day has ended: without it, all that the part holds is read.</summary>
    public bool IsSliced => On.StartsWith("gin", StringComparison.Ordinal);
}

/// <summary>
/// Indexes that take longer to keep up while a day is written than to build when it has ended. A quarter of a day that is over gets those
/// that matter most, of its rows alone, until the day has ended; what is newer is searched without them.
/// </summary>
internal static class LateIndexes
{
    private const string Slice = "_h";

    public static IReadOnlyList<LateIndex> All { get; } =
    [
        new("Worker", """btree ("Worker", "EndedAt", "Sequence")"""),
        new("Tags", """gin ("Tags")"""),
        new("Arguments", """gin ("Arguments" jsonb_path_ops)"""),
        new("Host", """btree ("Host", "EndedAt", "Sequence")"""),
        new("Version", """btree ("Version", "EndedAt", "Sequence")"""),
        new("RunMs", """btree ("RunMs")"""),
        new("WaitMs", """btree ("WaitMs")"""),
        // Two that are frequent each, and rare or never seen together: neither index alone would do.
        new("TypeQueue", """btree ("Type", "Queue", "EndedAt", "Sequence")"""),
        new("TypeRunMs", """btree ("Type", "RunMs")"""),
        new("TypeWaitMs", """btree ("Type", "WaitMs")"""),
        new("QueueRunMs", """btree ("Queue", "RunMs")"""),
        new("QueueWaitMs", """btree ("Queue", "WaitMs")"""),
        new("Retries", """btree ("Type", "EndedAt", "Sequence")""", Where: "\"Attempt\" > 1"),
        // What a search for a word looks into. All in one, so that an attempt with the word in any of them is found by it.
        new("Text", """gin (("Arguments"::text) gin_trgm_ops, "ErrorType" gin_trgm_ops, "ErrorMessage" gin_trgm_ops, "Reason" gin_trgm_ops)""", NeedsTrigrams: true),
    ];

    /// <returns>Names of those that were built now.</returns>
    public static async Task<IReadOnlyList<string>> BuildAsync(NpgsqlConnection connection, DayPartition partition, CancellationToken cancel)
    {
        var built = await BuildAsync(connection, partition, All.Select(index => (index, index.Name)), cancel);
        // The whole day has them now.
        foreach (var name in (await FindAsync(connection, partition, cancel)).Keys.Where(name => name.Contains(Slice, StringComparison.Ordinal)))
            await RunAsync(connection, $"""DROP INDEX CONCURRENTLY IF EXISTS "{name}" """, cancel);
        return built;
    }

    /// <summary>Those of the parts of a day that were over at a moment.</summary>
    public static Task<IReadOnlyList<string>> BuildSlicesAsync(NpgsqlConnection connection, DayPartition partition, DateTimeOffset until, CancellationToken cancel)
    {
        var slices = DaySlice.Of(partition.Day).Where(slice => slice.Until <= until);
        return BuildAsync(connection, partition, slices.SelectMany(slice => All.Where(index => index.IsSliced)
            .Select(index => (index with { Where = slice.Condition }, $"{index.Name}{Slice}{slice.From.Hour:00}"))), cancel);
    }

    private static async Task<IReadOnlyList<string>> BuildAsync(NpgsqlConnection connection, DayPartition partition, IEnumerable<(LateIndex Index, string Name)> all, CancellationToken cancel)
    {
        var found = await FindAsync(connection, partition, cancel);
        var built = new List<string>();
        foreach (var (index, suffix) in all.Where(late => late.Index.Classes.Length == 0 || late.Index.Classes.Contains(partition.Kept)))
        {
            var name = $"{partition.Name}_{suffix}";
            if (found.GetValueOrDefault(name) || (index.NeedsTrigrams && !await HasTrigramsAsync(connection, cancel)))
                continue;
            // What a build that was interrupted has left behind is kept up and serves nobody.
            if (found.ContainsKey(name))
                await RunAsync(connection, $"""DROP INDEX CONCURRENTLY IF EXISTS "{name}" """, cancel);
            await RunAsync(connection, $"""CREATE INDEX CONCURRENTLY "{name}" ON "{partition.Name}" USING {index.On} {(index.Where is null ? "" : "WHERE " + index.Where)}""", cancel);
            built.Add(name);
        }
        if (built.Count > 0)
            await RunAsync(connection, $"""ANALYZE "{partition.Name}" """, cancel);
        return built;
    }

    /// <summary>Names of the indexes of a table, and whether they can be used.</summary>
    private static async Task<Dictionary<string, bool>> FindAsync(NpgsqlConnection connection, DayPartition partition, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = to_regclass(quote_ident($1))
            """, connection);
        command.Parameters.Add(Sql.Of(partition.Name));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<string, bool>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancel))
            found.Add(row.GetString(0), row.GetBoolean(1));
        return found;
    }

    private static async Task<bool> HasTrigramsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm')", connection);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string statement, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
