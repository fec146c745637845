using Npgsql;

namespace OpsConsole.Data.History.Search.Names;

/// <summary>What a name with wildcards stands for.</summary>
/// <param name="Names">As attempts have them.</param>
/// <param name="IsOpen">Whether there may be others: there are too many to name them.</param>
internal sealed record NameSet(IReadOnlyList<string> Names, bool IsOpen);

/// <summary>Reads the names that attempts have.</summary>
internal sealed class NameReader(HistoryDatabase database)
{
    private const int MostResolved = 500;

    private const string Matching = """
        SELECT p."At", n."Name" FROM unnest($1, $2) WITH ORDINALITY AS p("Field", "Like", "At")
        CROSS JOIN LATERAL (SELECT a."Name" FROM "AttemptNames" a WHERE a."Field" = p."Field" AND (a."Name" ILIKE p."Like" OR a."Name" = '') LIMIT $3) n
        """;

    private const string Suggested = """
        SELECT "Name", "Count", "LastAt" FROM "AttemptNames" WHERE "Field" = $1 AND "Name" <> '' AND "Name" ILIKE $2
        ORDER BY "Name" ILIKE $3 DESC, "Count" DESC, "Name" LIMIT $4
        """;

    /// <summary>For each pattern the names that fit it, whatever their case.</summary>
    public async Task<IReadOnlyList<NameSet>> ResolveAsync(IReadOnlyList<(NameField Field, string Like)> patterns, CancellationToken cancel)
    {
        var names = patterns.Select(_ => new List<string>()).ToArray();
        if (patterns.Count == 0) return [];
        await using var command = database.Searching.CreateCommand(Matching);
        command.Parameters.AddAll([Sql.Column(patterns, pattern => (short)pattern.Field), Sql.Texts(patterns, pattern => pattern.Like), Sql.Of(MostResolved + 1)]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            names[row.GetInt64(0) - 1].Add(row.GetString(1));
        return [.. names.Select(found => new NameSet([.. found.Where(name => name.Length > 0)], found.Count > MostResolved || found.Contains("")))];
    }

    /// <summary>Whether one of the names may be there; those of a field with too many to keep may always be.</summary>
    public async Task<bool> MayHaveAsync(NameField field, IReadOnlyList<string> names, CancellationToken cancel)
    {
        await using var command = database.Searching.CreateCommand("""SELECT EXISTS (SELECT FROM "AttemptNames" WHERE "Field" = $1 AND "Name" = ANY($2))""");
        command.Parameters.AddAll([Sql.Of((short)field), Sql.Texts([.. names, ""], name => name)]);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Names that contain a text, those first that begin with it, then the most frequent ones.</summary>
    public async Task<IReadOnlyList<NameCount>> SuggestAsync(NameField field, string text, int limit, CancellationToken cancel)
    {
        var like = TextPattern.Exactly(text).ToLike();
        await using var command = database.Searching.CreateCommand(Suggested);
        command.Parameters.AddAll([Sql.Of((short)field), Sql.Of($"%{like}%"), Sql.Of(like + "%"), Sql.Of(limit)]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var names = new List<NameCount>();
        while (await row.ReadAsync(cancel))
            names.Add(new(row.GetString(0), row.GetInt64(1), row.GetTime(2)));
        return names;
    }
}
