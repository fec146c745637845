using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures.OnTime;

/// <summary>
/// Sums the ledger of schedules day by day, so that a quarter is read in no time and is known after the ledger itself was cleared. Any
/// number of consoles may ask for it at once; one does it.
/// </summary>
public sealed class LedgerSums(HistoryDatabase database, TimeProvider time)
{
    /// <summary>How long sums are kept, in days: a quarter of the year before still has its days.</summary>
    public const int KeepDays = 800;

    // A runner that comes back writes what was missed into the days of its absence; longer than this nobody waits for it.
    private static readonly TimeSpan s_patience = TimeSpan.FromDays(31);

    /// <summary>Sums every day that is over, in which nothing is open, and into which no runner will write any more.</summary>
    /// <returns>How many days were summed.</returns>
    public async Task<int> SumAsync(CancellationToken cancel = default)
    {
        for (var days = 0; ; days++)
        {
            if (!await SumNextAsync(cancel))
                return days;
        }
    }

    private async Task<bool> SumNextAsync(CancellationToken cancel)
    {
        await using var connection = await database.Writing.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await NextDayAsync(connection, transaction, cancel) is not { } day || !await IsSettledAsync(connection, transaction, day, cancel))
            return false;
        await StoreAsync(connection, transaction, day, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Null while another console is at it, and when there is no ledger yet.</summary>
    private static async Task<DateTimeOffset?> NextDayAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            SELECT CASE WHEN "Through" > '-infinity' THEN "Through"
                ELSE (SELECT date_trunc('day', min("DueAt"), 'UTC') FROM "Occurrences" WHERE "Kind" = 0) END
            FROM "LedgerSums" FOR UPDATE SKIP LOCKED
            """, connection, transaction);
        return await command.ExecuteScalarAsync(cancel) is DateTime day ? new DateTimeOffset(day) : null;
    }

    private async Task<bool> IsSettledAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset day, CancellationToken cancel)
    {
        var (now, end) = (time.GetUtcNow(), day.AddDays(1));
        if (end > now)
            return false;
        if (now - end > s_patience)
            return true;
        await using var command = new NpgsqlCommand("""
            SELECT NOT EXISTS (SELECT 1 FROM "Occurrences" WHERE "IsOpen" AND "Kind" = 0 AND "DueAt" >= $1 AND "DueAt" < $2)
                AND NOT EXISTS (
                    SELECT 1 FROM "ScheduleCursors" c JOIN "Schedules" s ON s."Id" = c."ScheduleId"
                    WHERE c."NextDueAt" < $2 AND s."DeletedAt" IS NULL AND (s."PausedAt" IS NULL OR s."PausedUntil" <= $3))
            """, connection, transaction);
        command.Parameters.Add(Sql.OfTime(day));
        command.Parameters.Add(Sql.OfTime(end));
        command.Parameters.Add(Sql.OfTime(now));
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task StoreAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset day, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        string[] statements =
        [
            $"""INSERT INTO "LedgerHours" SELECT date_trunc('hour', o."DueAt", 'UTC'), {OnTimeSql.Tally} {OnTimeSql.From} AND o."DueAt" >= $1 AND o."DueAt" < $2 GROUP BY 1""",
            $"""INSERT INTO "LedgerDays" SELECT $1, o."ScheduleId", {OnTimeSql.Tally} {OnTimeSql.From} AND o."DueAt" >= $1 AND o."DueAt" < $2 GROUP BY 2""",
            """UPDATE "LedgerSums" SET "Through" = $2 WHERE $1 < $2""",
            $"""DELETE FROM "LedgerHours" WHERE "Hour" < $1 - interval '{KeepDays} days' AND $1 < $2""",
            $"""DELETE FROM "LedgerDays" WHERE "Day" < $1 - interval '{KeepDays} days' AND $1 < $2""",
        ];
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement);
            command.Parameters.Add(Sql.OfTime(day));
            command.Parameters.Add(Sql.OfTime(day.AddDays(1)));
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
