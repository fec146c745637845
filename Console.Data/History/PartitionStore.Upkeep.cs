using Npgsql;

namespace OpsConsole.Data.History;

/// <summary>A day table as it is.</summary>
/// <param name="Rows">As the database estimated last; -1 when it never has.</param>
/// <param name="Bytes">With its indexes.</param>
public sealed record PartitionSize(DayPartition Partition, long Rows, long Bytes);

/// <summary>What one round of the upkeep did.</summary>
public sealed record HistoryUpkeep(IReadOnlyList<DayPartition> Dropped, IReadOnlyList<string> Indexed);

// What goes on every hour: old days leave, and days that have ended get the indexes that they lacked while they were written.
public sealed partial class PartitionStore
{
    private const long UpkeepLock = 0x6F70_7368_6973_7402;
    // Late events of a day may still come, at the price of an index that is kept up.
    private static readonly TimeSpan DayRests = TimeSpan.FromMinutes(15);

    // Day tables that no longer hang at their parent belong to a drop that was interrupted.
    private const string All = """
        SELECT c.relname, c.reltuples::bigint, pg_total_relation_size(c.oid), i.inhrelid IS NULL, coalesce(i.inhdetachpending, false)
        FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
        WHERE c.relkind = 'r' AND c.relname LIKE 'Attempts%' AND c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = '"Attempts"'::regclass)
        """;

    /// <summary>All day tables, the newest day first.</summary>
    public async Task<IReadOnlyList<PartitionSize>> ListAsync(CancellationToken cancel = default)
    {
        await using var connection = await database.Reading.OpenConnectionAsync(cancel);
        return [.. (await FindAsync(connection, cancel)).Where(found => !found.IsLeaving).Select(found => found.Size)];
    }

    /// <summary>
    /// All that the tables need now and then: the next days made, the oldest dropped, ended ones indexed. Each step can take as long as the
    /// longest open transaction on the database; to be called every hour, by any process that stores events.
    /// </summary>
    public async Task<HistoryUpkeep> KeepUpAsync(HistoryRetention keep, CancellationToken cancel = default)
    {
        await MakeAheadAsync(cancel);
        var dropped = new List<DayPartition>();
        foreach (var kept in DayPartition.Classes)
            dropped.AddRange(await DropAsync(kept, keep.Days(kept), cancel));
        return new HistoryUpkeep(dropped, await BuildIndexesAsync(cancel));
    }

    /// <summary>
    /// Drops the days of a class that ended longer ago than it is kept, the oldest first. A day that somebody is reading (an export) leaves
    /// when they are done; nobody who reads or writes other days waits for that.
    /// </summary>
    /// <returns>What was dropped; nothing when another process is at it.</returns>
    public async Task<IReadOnlyList<DayPartition>> DropAsync(RetentionClass kept, int keepDays, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keepDays);
        var oldest = DayPartition.DayOf(time.GetUtcNow().AddDays(-keepDays));
        var dropped = new List<DayPartition>();
        await AloneAsync(async connection =>
        {
            foreach (var found in (await FindAsync(connection, cancel)).Reverse().Where(found => found.Size.Partition.Kept == kept))
            {
                if (!found.IsLeaving && found.Size.Partition.Day >= oldest)
                    continue;
                await DropAsync(connection, found, cancel);
                dropped.Add(found.Size.Partition);
            }
        }, cancel);
        return dropped;
    }

    /// <summary>Builds what <see cref="LateIndexes"/> names on days and parts of the day that have ended and lack it. Those who read and write go on meanwhile.</summary>
    /// <returns>Names of the indexes that were built; nothing when another process is at it.</returns>
    public async Task<IReadOnlyList<string>> BuildIndexesAsync(CancellationToken cancel = default)
    {
        var until = time.GetUtcNow() - DayRests;
        var today = DayPartition.DayOf(until);
        var built = new List<string>();
        await AloneAsync(async connection =>
        {
            foreach (var day in (await FindAsync(connection, cancel)).Where(found => !found.IsLeaving && found.Size.Partition.Day <= today).Select(found => found.Size.Partition))
                built.AddRange(await (day.Day < today ? LateIndexes.BuildAsync(connection, day, cancel) : LateIndexes.BuildSlicesAsync(connection, day, until, cancel)));
        }, cancel);
        return built;
    }

    private async Task DropAsync(NpgsqlConnection connection, Found found, CancellationToken cancel)
    {
        var (name, parent) = (found.Size.Partition.Name, found.Size.Partition.Parent);
        _known.TryRemove(found.Size.Partition, out _);
        if (found.IsPending)
            await RunAsync(connection, $"""ALTER TABLE "{parent}" DETACH PARTITION "{name}" FINALIZE""", cancel);
        else if (!found.IsLoose)
            await RunAsync(connection, $"""ALTER TABLE "{parent}" DETACH PARTITION "{name}" CONCURRENTLY""", cancel);
        await RunAsync(connection, $"""DROP TABLE IF EXISTS "{name}" """, cancel);
    }

    private async Task AloneAsync(Func<NpgsqlConnection, Task> work, CancellationToken cancel)
    {
        await using var connection = await database.Writing.OpenConnectionAsync(cancel);
        await using (var take = new NpgsqlCommand($"SELECT pg_try_advisory_lock({UpkeepLock})", connection))
        {
            if (!(bool)(await take.ExecuteScalarAsync(cancel))!)
                return;
        }
        try
        {
            await work(connection);
        }
        finally
        {
            // A session lock outlives its statement; a connection that has broken has lost it already.
            if (connection.State == System.Data.ConnectionState.Open)
                await RunAsync(connection, $"SELECT pg_advisory_unlock({UpkeepLock})", CancellationToken.None);
        }
    }

    private static async Task<IReadOnlyList<Found>> FindAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(All, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var all = new List<Found>();
        while (await row.ReadAsync(cancel))
        {
            if (DayPartition.Parse(row.GetString(0)) is { } partition)
                all.Add(new Found(new PartitionSize(partition, row.GetInt64(1), row.GetInt64(2)), row.GetBoolean(3), row.GetBoolean(4)));
        }
        return [.. all.OrderByDescending(found => found.Size.Partition.Day)];
    }

    private sealed record Found(PartitionSize Size, bool IsLoose, bool IsPending)
    {
        public bool IsLeaving => IsLoose || IsPending;
    }
}
