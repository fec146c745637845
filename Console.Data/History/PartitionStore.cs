using System.Collections.Concurrent;
using Npgsql;

namespace OpsConsole.Data.History;

/// <summary>Makes, indexes and drops the day tables of the attempts. No statement here holds up those who read or write other days.</summary>
public sealed partial class PartitionStore(HistoryDatabase database, TimeProvider time)
{
    private const int DaysMadeAhead = 2;
    // Any number that nothing else in the database takes.
    private const long PartitionLock = 0x6F70_7368_6973_7401;

    private readonly ConcurrentDictionary<DayPartition, byte> _known = new();

    /// <summary>Makes the tables of yesterday, today and the next days, so that no batch has to wait for them.</summary>
    public Task MakeAheadAsync(CancellationToken cancel = default)
    {
        var today = DayPartition.DayOf(time.GetUtcNow());
        return EnsureAsync(
            [.. DayPartition.Classes.SelectMany(kept => Enumerable.Range(-1, DaysMadeAhead + 2).Select(days => new DayPartition(kept, today.AddDays(days))))], cancel);
    }

    /// <summary>Makes those of the tables that are not there, each in a transaction of its own.</summary>
    public async Task EnsureAsync(IReadOnlyCollection<DayPartition> partitions, CancellationToken cancel = default)
    {
        if (partitions.All(_known.ContainsKey))
            return;
        foreach (var partition in partitions.Where(partition => !_known.ContainsKey(partition)).OrderBy(partition => partition.Name, StringComparer.Ordinal))
        {
            await MakeAsync(partition, cancel);
            _known.TryAdd(partition, 0);
        }
    }

    /// <summary>What is held in memory no longer counts.</summary>
    internal void Forget() => _known.Clear();

    // Made beside its parent and then attached: making it as a part of the parent would lock out everybody who reads the parent.
    private async Task MakeAsync(DayPartition partition, CancellationToken cancel)
    {
        await using var connection = await database.Writing.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await RunAsync(connection, $"SELECT pg_advisory_xact_lock({PartitionLock})", cancel);
        if (await IsAttachedAsync(connection, partition, cancel))
            return;
        var (from, until) = partition.Bounds;
        // A table of this name that is not attached was on its way out when its console died.
        await RunAsync(connection, $"""
            DROP TABLE IF EXISTS "{partition.Name}";
            CREATE TABLE "{partition.Name}" (LIKE "{partition.Parent}" INCLUDING ALL);
            ALTER TABLE "{partition.Parent}" ATTACH PARTITION "{partition.Name}" FOR VALUES FROM ('{from}') TO ('{until}');
            """, cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task<bool> IsAttachedAsync(NpgsqlConnection connection, DayPartition partition, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            SELECT EXISTS (SELECT 1 FROM pg_inherits WHERE inhparent = to_regclass(quote_ident($1)) AND inhrelid = to_regclass(quote_ident($2)) AND NOT inhdetachpending)
            """, connection);
        command.Parameters.AddAll([Sql.Of(partition.Parent), Sql.Of(partition.Name)]);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string statement, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
