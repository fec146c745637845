using Npgsql;

namespace OpsConsole.Data.History;

/// <summary>Connections of the history: those that write cannot be held up by those that search.</summary>
public sealed class HistoryDatabase : IAsyncDisposable
{
    public HistoryDatabase(string connectionString)
    {
        Writing = Source(connectionString, pool: 4, commandSeconds: 60);
        Reading = Source(connectionString, pool: 20, commandSeconds: 15);
    }

    /// <summary>For the ingestion and the upkeep of the tables.</summary>
    public NpgsqlDataSource Writing { get; }

    /// <summary>For pages and exports.</summary>
    public NpgsqlDataSource Reading { get; }

    public async ValueTask DisposeAsync()
    {
        await Writing.DisposeAsync();
        await Reading.DisposeAsync();
    }

    private static NpgsqlDataSource Source(string connectionString, int pool, int commandSeconds) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = pool,
            CommandTimeout = commandSeconds,
            MaxAutoPrepare = 40,
            AutoPrepareMinUsages = 2,
        }.ConnectionString);
}
