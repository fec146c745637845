using Npgsql;
using OpsConsole.Data.Schedules;

namespace OpsConsole.Bench.Schedules;

/// <summary>What the ledger says, read from its table and not through the code that is measured.</summary>
internal sealed class LedgerFigures(NpgsqlDataSource database)
{
    /// <summary>Lateness of the planned moments in a range, from due to the job in the queue.</summary>
    /// <returns>Number with a job, and milliseconds.</returns>
    public async Task<(long Ran, double P50, double P99, double Max)> LatenessAsync(DateTimeOffset from, DateTimeOffset to)
    {
        await using var command = Command("""
            SELECT count(*), coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms), 0), coalesce(percentile_cont(0.99) WITHIN GROUP (ORDER BY ms), 0), coalesce(max(ms), 0)
            FROM (SELECT extract(epoch FROM "EnqueuedAt" - "DueAt")::float8 * 1000 AS ms FROM "Occurrences"
                  WHERE "NominalAt" >= $1 AND "NominalAt" < $2 AND "Kind" = 0 AND "EnqueuedAt" IS NOT NULL) AS late
            """, from, to);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3));
    }

    /// <summary>Planned moments in a range by what became of them.</summary>
    public async Task<IReadOnlyDictionary<OccurrenceState, long>> StatesAsync(DateTimeOffset from, DateTimeOffset to)
    {
        await using var command = Command("""SELECT "State", count(*) FROM "Occurrences" WHERE "NominalAt" >= $1 AND "NominalAt" < $2 AND "Kind" = 0 GROUP BY 1""", from, to);
        await using var reader = await command.ExecuteReaderAsync();
        var states = new Dictionary<OccurrenceState, long>();
        while (await reader.ReadAsync())
            states[(OccurrenceState)reader.GetInt16(0)] = reader.GetInt64(1);
        return states;
    }

    /// <summary>One number.</summary>
    /// <param name="sql">A query of one row with one column; parameters are $1, $2 and so on.</param>
    /// <param name="parameters">Their values.</param>
    public async Task<long> NumberAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task<int> RunAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(string sql, params object[] parameters)
    {
        var command = database.CreateCommand(sql);
        command.CommandTimeout = 300;
        foreach (var value in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = value is DateTimeOffset at ? at.ToUniversalTime() : value });
        return command;
    }
}
