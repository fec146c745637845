using System.Globalization;
using Npgsql;

namespace OpsConsole.Tests.Support;

/// <summary>
/// An empty database of its own for one test class, dropped at the end:
/// <c>class StoreTests(PostgresFixture postgres) : IClassFixture&lt;PostgresFixture&gt;</c>.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private static int _count;

    private readonly string _name = string.Create(
        CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}");

    /// <summary>Npgsql connection string of the database.</summary>
    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await RunOnServerAsync($"create database {_name}");
        ConnectionString = new NpgsqlConnectionStringBuilder(TestServers.Postgres) { Database = _name, MaxPoolSize = 20 }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await RunOnServerAsync($"drop database {_name} with (force)");
    }

    private static async Task RunOnServerAsync(string command)
    {
        await using var source = NpgsqlDataSource.Create(TestServers.Postgres);
        await using var run = source.CreateCommand(command);
        await run.ExecuteNonQueryAsync();
    }
}
