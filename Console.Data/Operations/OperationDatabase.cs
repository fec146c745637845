using Npgsql;

namespace OpsConsole.Data.Operations;

/// <summary>Connections of the mass operations: neither a search nor the ingestion can hold one up.</summary>
public sealed class OperationDatabase(string connectionString) : IAsyncDisposable
{
    public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
    {
        MaxPoolSize = 8,
        CommandTimeout = 30,
        MaxAutoPrepare = 20,
        AutoPrepareMinUsages = 2,
    }.ConnectionString);

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
