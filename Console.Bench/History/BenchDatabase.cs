using System.Globalization;
using Npgsql;

namespace OpsConsole.Bench.History;

/// <summary>A database of its own on the server of the bench, dropped at the end.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = $"bench_{Guid.NewGuid():N}";

    private BenchDatabase(string server)
    {
        _server = server;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = _name }.ConnectionString;
    }

    public string ConnectionString { get; }

    public static async Task<BenchDatabase> OpenAsync(BenchSettings settings)
    {
        var database = new BenchDatabase(settings.Postgres);
        await database.RunOnServerAsync($"CREATE DATABASE {database._name}");
        return database;
    }

    public async Task<double> MegabytesAsync()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var size = source.CreateCommand("SELECT pg_database_size(current_database())");
        return Convert.ToDouble(await size.ExecuteScalarAsync(), CultureInfo.InvariantCulture) / (1024 * 1024);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunOnServerAsync($"DROP DATABASE {_name} WITH (FORCE)");
    }

    private async Task RunOnServerAsync(string statement)
    {
        await using var source = NpgsqlDataSource.Create(_server);
        await using var command = source.CreateCommand(statement);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
