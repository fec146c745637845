using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures.Labels;

/// <summary>Volume of one hour.</summary>
public sealed record LabelHour(DateTimeOffset Hour, LabelTally Tally);

/// <summary>Volume of one owner or tag.</summary>
/// <param name="Name">Empty for jobs that have none.</param>
/// <param name="IsFurther">All those together that are beyond the bound of names.</param>
/// <param name="Before">In the range that it is compared with.</param>
public sealed record LabelVolume(string Name, bool IsFurther, LabelTally Tally, LabelTally Before);

/// <summary>The labels with most volume, and how many there are with any.</summary>
public sealed record LabelVolumes(IReadOnlyList<LabelVolume> Top, int Count);

/// <summary>Reads volume by hour, owner and tag. Ranges are of whole hours; the second moment is not included.</summary>
public sealed class LabelStore(HistoryDatabase database)
{
    private const string Sums = """
        sum(h."Succeeded")::bigint AS s, sum(h."Recovered")::bigint AS r, sum(h."Failed")::bigint AS f, sum(h."Deleted")::bigint AS d, sum(h."Retries")::bigint AS a
        """;

    /// <summary>All jobs hour by hour; hours without any are left out.</summary>
    public async Task<IReadOnlyList<LabelHour>> HoursAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand("""
            SELECT h."Hour", h."Succeeded", h."Recovered", h."Failed", h."Deleted", h."Retries"
            FROM "LabelHours" h JOIN "Labels" l ON l."Id" = h."LabelId"
            WHERE l."Kind" = 0 AND h."Hour" >= $1 AND h."Hour" < $2 ORDER BY h."Hour"
            """);
        command.Parameters.Add(Sql.OfTime(from));
        command.Parameters.Add(Sql.OfTime(to));
        var hours = new List<LabelHour>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            hours.Add(new LabelHour(rows.GetTime(0), Tally(rows, 1)));
        return hours;
    }

    /// <summary>The labels of a kind with most volume, beside what they had in an earlier range.</summary>
    public async Task<LabelVolumes> TopAsync(
        LabelKind kind, DateTimeOffset from, DateTimeOffset to, DateTimeOffset beforeFrom, DateTimeOffset beforeTo, int limit, CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand($"""
            WITH now AS (
                SELECT l."Id", l."Kind", l."Name", {Sums}
                FROM "Labels" l JOIN "LabelHours" h ON h."LabelId" = l."Id"
                WHERE l."Kind" = ANY ($1) AND h."Hour" >= $2 AND h."Hour" < $3 GROUP BY l."Id"),
            top AS (SELECT *, count(*) OVER ()::int AS labels FROM now ORDER BY s + f DESC, "Name" LIMIT $6),
            before AS (
                SELECT h."LabelId", {Sums}
                FROM "LabelHours" h WHERE h."LabelId" IN (SELECT "Id" FROM top) AND h."Hour" >= $4 AND h."Hour" < $5 GROUP BY h."LabelId")
            SELECT t."Kind", t."Name", t.labels, t.s, t.r, t.f, t.d, t.a, coalesce(b.s, 0), coalesce(b.r, 0), coalesce(b.f, 0), coalesce(b.d, 0), coalesce(b.a, 0)
            FROM top t LEFT JOIN before b ON b."LabelId" = t."Id" ORDER BY t.s + t.f DESC, t."Name"
            """);
        var further = kind == LabelKind.Owner ? LabelKind.FurtherOwners : LabelKind.FurtherTags;
        command.Parameters.Add(Sql.Of(new[] { (short)kind, (short)further }));
        foreach (var at in (DateTimeOffset[])[from, to, beforeFrom, beforeTo])
            command.Parameters.Add(Sql.OfTime(at));
        command.Parameters.Add(Sql.Of(Math.Clamp(limit, 1, LabelLimits.Names)));
        var top = new List<LabelVolume>();
        var labels = 0;
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            top.Add(new LabelVolume(rows.GetString(1), rows.GetInt16(0) == (short)further, Tally(rows, 3), Tally(rows, 8)));
            labels = rows.GetInt32(2);
        }
        return new LabelVolumes(top, labels);
    }

    private static LabelTally Tally(NpgsqlDataReader row, int column) =>
        new(row.GetInt64(column), row.GetInt64(column + 1), row.GetInt64(column + 2), row.GetInt64(column + 3), row.GetInt64(column + 4));
}
