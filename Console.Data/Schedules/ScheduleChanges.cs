using System.Runtime.CompilerServices;
using Npgsql;

namespace OpsConsole.Data.Schedules;

/// <summary>Hears of changes as soon as their transactions have committed.</summary>
public sealed class ScheduleChanges
{
    private readonly string _connectionString;

    internal ScheduleChanges(string connectionString) => _connectionString = new NpgsqlConnectionStringBuilder(connectionString)
    {
        // A connection that goes back to a pool would go on listening there.
        Pooling = false,
        // One that has silently gone would hear nothing for ever.
        KeepAlive = 10,
    }.ConnectionString;

    /// <summary>
    /// Listens on a connection of its own; begins with <see cref="ScheduleChangeKind.Listening"/>. Throws when the connection breaks:
    /// the caller calls again, and then reads what it may have missed.
    /// </summary>
    public async IAsyncEnumerable<ScheduleChange> ListenAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        var heard = new Queue<string>();
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(cancel);
        connection.Notification += (_, notification) => heard.Enqueue(notification.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN " + ScheduleChange.Channel, connection))
            await listen.ExecuteNonQueryAsync(cancel);
        yield return new ScheduleChange(ScheduleChangeKind.Listening);
        while (true)
        {
            while (heard.TryDequeue(out var payload))
                yield return ScheduleChange.Parse(payload);
            await connection.WaitAsync(cancel);
        }
    }
}
