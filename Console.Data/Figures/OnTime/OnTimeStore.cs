using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Data.Figures.OnTime;

/// <summary>
/// Reads how punctual the schedules were, from the sums of past days and from the ledger for the rest. Ranges are of whole hours by the
/// due moment; the second one is not included.
/// </summary>
public sealed class OnTimeStore(HistoryDatabase database)
{
    /// <summary>Most schedules that one reading names.</summary>
    public const int Most = 500;

    /// <summary>All schedules hour by hour; hours without a planned moment are left out.</summary>
    public async Task<IReadOnlyList<OnTimeHour>> HoursAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default)
    {
        await using var command = database.Reading.CreateCommand($"""
            SELECT "Hour", "OnTime", "Late", "Missed", "NotMade", "DeadlinesMet", "DeadlinesMissed" FROM "LedgerHours"
            WHERE "Hour" >= $1 AND "Hour" < $2 AND "Hour" < (SELECT "Through" FROM "LedgerSums")
            UNION ALL
            SELECT date_trunc('hour', o."DueAt", 'UTC'), {OnTimeSql.Tally} {OnTimeSql.From}
            AND o."DueAt" >= greatest($1, (SELECT "Through" FROM "LedgerSums")) AND o."DueAt" < $2 GROUP BY 1
            ORDER BY 1
            """);
        command.Parameters.Add(Sql.OfTime(from));
        command.Parameters.Add(Sql.OfTime(to));
        var hours = new List<OnTimeHour>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            if (Tally(rows, 1) is { Planned: > 0 } tally)
                hours.Add(new OnTimeHour(rows.GetTime(0), tally));
        }
        return hours;
    }

    /// <summary>Each schedule over the range: those that are asked for, then those with most moments that were not on time or missed their deadline.</summary>
    public async Task<IReadOnlyList<ScheduleOnTime>> SchedulesAsync(
        DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<Guid> wanted, int worst, CancellationToken cancel = default)
    {
        // Whole days of UTC that are summed come from their sums, the pieces before and after from the ledger.
        await using var command = database.Reading.CreateCommand($"""
            WITH bounds AS (
                SELECT first, greatest(first, least(date_trunc('day', $2, 'UTC'), s."Through")) AS last
                FROM "LedgerSums" s, LATERAL (SELECT least($2, date_trunc('day', $1 + interval '1 day' - interval '1 microsecond', 'UTC')) AS first) f),
            parts AS (
                SELECT "ScheduleId" AS id, "OnTime" AS a, "Late" AS b, "Missed" AS c, "NotMade" AS d, "DeadlinesMet" AS e, "DeadlinesMissed" AS f
                FROM "LedgerDays" WHERE "Day" >= (SELECT first FROM bounds) AND "Day" < (SELECT last FROM bounds)
                UNION ALL
                SELECT o."ScheduleId", {OnTimeSql.Tally} {OnTimeSql.From} AND o."DueAt" >= $1 AND o."DueAt" < (SELECT first FROM bounds) GROUP BY 1
                UNION ALL
                SELECT o."ScheduleId", {OnTimeSql.Tally} {OnTimeSql.From} AND o."DueAt" >= (SELECT last FROM bounds) AND o."DueAt" < $2 GROUP BY 1),
            sums AS (SELECT id, {OnTimeSql.Sums}, id = ANY ($3) AS wanted, sum(b + c + d + f) AS bad, sum(a) AS good FROM parts GROUP BY id HAVING sum(a + b + c + d + f) > 0)
            SELECT t.*, coalesce(s."Name", ''), coalesce(s."Owner", '') FROM sums t LEFT JOIN "Schedules" s ON s."Id" = t.id
            ORDER BY t.wanted DESC, t.bad DESC, t.good DESC, t.id LIMIT $4
            """);
        command.Parameters.Add(Sql.OfTime(from));
        command.Parameters.Add(Sql.OfTime(to));
        command.Parameters.Add(Sql.Of(wanted.Distinct().Take(Most).ToArray()));
        command.Parameters.Add(Sql.Of(Math.Clamp(worst + wanted.Count, 1, Most)));
        var schedules = new List<ScheduleOnTime>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            schedules.Add(new ScheduleOnTime(rows.GetGuid(0), rows.GetString(10), rows.GetString(11), Tally(rows, 1)));
        return schedules;
    }

    private static OnTimeTally Tally(NpgsqlDataReader row, int column) => new(
        row.GetInt64(column), row.GetInt64(column + 1), row.GetInt64(column + 2), row.GetInt64(column + 3), row.GetInt64(column + 4), row.GetInt64(column + 5));
}
