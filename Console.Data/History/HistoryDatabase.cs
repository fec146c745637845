using Npgsql;

namespace OpsConsole.Data.History;

/// <summary>Connections of the history: those that write cannot be held up by those that search.</summary>
public sealed class HistoryDatabase : IAsyncDisposable
{
    public HistoryDatabase(string connectionString)
    {
        Writing = Source(connectionString, pool: 4, commandSeconds: 60);
        Reading = Source(connectionString, pool: 20, commandSeconds: 15);
        Searching = SearchSource(connectionString);
    }

    /// <summary>For the ingestion and the upkeep of the tables.</summary>
    public NpgsqlDataSource Writing { get; }

    /// <summary>For pages and exports.</summary>
    public NpgsqlDataSource Reading { get; }

    /// <summary>For searches: every statement is planned for its own values, and none runs for long.</summary>
    public NpgsqlDataSource Searching { get; }

    public async ValueTask DisposeAsync()
    {
        await Searching.DisposeAsync();
        await Writing.DisposeAsync();
        await Reading.DisposeAsync();
    }

    // Compiling a plan takes longer than these plans run.
    private static NpgsqlDataSource SearchSource(string connectionString) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            // One stays: a new connection knows none of the day tables, and takes its time to learn them.
            MinPoolSize = 1,
            MaxPoolSize = 10,
            CommandTimeout = 30,
            Options = "-c plan_cache_mode=force_custom_plan -c jit=off -c statement_timeout=20000",
        }.ConnectionString);

    private static NpgsqlDataSource Source(string connectionString, int pool, int commandSeconds) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = pool,
            CommandTimeout = commandSeconds,
            MaxAutoPrepare = 40,
            AutoPrepareMinUsages = 2,
        }.ConnectionString);
}
