using Npgsql;

namespace OpsConsole.Data.History;

/// <summary>A hole in the history as it is stored.</summary>
/// <param name="RecordedAt">By the clock of the database.</param>
public sealed record RecordedGap(long Id, HistoryGap Gap, DateTimeOffset RecordedAt);

/// <summary>Holes in the history: whoever shows a range also shows what is missing from it.</summary>
public sealed class GapStore(HistoryDatabase database)
{
    public const int WhyLength = 1_000;

    /// <summary>Holes that touch the range, the newest first.</summary>
    public async Task<IReadOnlyList<RecordedGap>> ListAsync(DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand("""
            SELECT "Id", "From", "FromAt", "Until", "UntilAt", "Why", "RecordedAt" FROM "HistoryGaps"
            WHERE least("FromAt", "UntilAt") < $2 AND greatest("FromAt", "UntilAt") >= $1 ORDER BY "Id" DESC LIMIT $3
            """);
        command.Parameters.AddAll([Sql.OfTime(from), Sql.OfTime(until), Sql.Of(limit)]);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var gaps = new List<RecordedGap>();
        while (await row.ReadAsync(cancel))
            gaps.Add(new RecordedGap(row.GetInt64(0), new HistoryGap(row.GetString(1), row.GetTime(2), row.GetString(3), row.GetTime(4), row.GetString(5)), row.GetTime(6)));
        return gaps;
    }

    internal static NpgsqlBatchCommand Insert(HistoryGap gap)
    {
        var command = new NpgsqlBatchCommand("""
            WITH widened AS (
                UPDATE "HistoryGaps" SET "Until" = $3, "UntilAt" = $4
                WHERE $6 AND "Id" = (SELECT max("Id") FROM "HistoryGaps") AND "Why" = $5 AND "RecordedAt" > clock_timestamp() - interval '1 hour'
                RETURNING 1)
            INSERT INTO "HistoryGaps" ("From", "FromAt", "Until", "UntilAt", "Why") SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM widened)
            """);
        command.Parameters.AddAll([
            Sql.Of(gap.From), Sql.OfTime(gap.FromAt), Sql.Of(gap.Until), Sql.OfTime(gap.UntilAt), Sql.Of(StoredText.Clean(gap.Why, WhyLength)),
            Sql.Of(gap.Why == StrayTimes.Why),
        ]);
        return command;
    }
}
