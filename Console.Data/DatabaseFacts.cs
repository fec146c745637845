using Npgsql;
using OpsConsole.Data.History;

namespace OpsConsole.Data;

/// <summary>How the database is.</summary>
/// <param name="Version">Of PostgreSQL.</param>
/// <param name="Bytes">Of this database.</param>
/// <param name="HistoryBytes">Of it: attempts, with their indexes.</param>
/// <param name="HistoryDays">Days of which attempts are kept.</param>
/// <param name="Connections">Sessions of all programs on the server.</param>
/// <param name="OldestTransaction">How long the oldest open transaction on this database has been open, as far as this role may see.</param>
public sealed record DatabaseFacts(string Version, long Bytes, long HistoryBytes, int HistoryDays, int Connections, int MaxConnections, TimeSpan OldestTransaction);

/// <summary>Reads what <see cref="DatabaseFacts"/> says.</summary>
public sealed class DatabaseFactsReader(HistoryDatabase database, PartitionStore partitions)
{
    public async Task<DatabaseFacts> ReadAsync(CancellationToken cancel = default)
    {
        var days = await partitions.ListAsync(cancel);
        await using var command = database.Reading.CreateCommand("""
            SELECT current_setting('server_version'), pg_database_size(current_database()),
                (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int, current_setting('max_connections')::int,
                (SELECT coalesce(extract(epoch FROM max(clock_timestamp() - xact_start)), 0) FROM pg_stat_activity
                    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid())::float8
            """);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new DatabaseFacts(
            row.GetString(0), row.GetInt64(1), days.Sum(day => day.Bytes), days.Select(day => day.Partition.Day).Distinct().Count(),
            row.GetInt32(2), row.GetInt32(3), TimeSpan.FromSeconds(Math.Max(0, row.GetDouble(4))));
    }
}
