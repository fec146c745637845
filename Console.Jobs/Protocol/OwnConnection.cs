using StackExchange.Redis;

namespace OpsConsole.Jobs.Protocol;

/// <summary>A connection beside the shared one, for calls that wait on the server.</summary>
internal sealed class OwnConnection : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;
    private readonly JobRedis _redis;

    private OwnConnection(ConnectionMultiplexer connection, JobRedis redis) => (_connection, _redis) = (connection, redis);

    /// <exception cref="JobStorageException">Redis is away.</exception>
    public static async Task<OwnConnection> OpenAsync(JobRedis redis, CancellationToken cancel)
    {
        var connection = await redis.TranslateAsync("a further connection", redis.Options.TimeoutMilliseconds + 5_000, () => redis.OpenOwnConnectionAsync(), cancel);
        return new OwnConnection(connection, redis);
    }

    /// <summary>Runs a call that may wait so long on the server before its time limit begins.</summary>
    /// <exception cref="JobStorageException">Redis did not answer in time, is away, or refused.</exception>
    public Task<T> RunAsync<T>(string what, int waitsMilliseconds, Func<IDatabase, Task<T>> call, CancellationToken cancel) =>
        _redis.TranslateAsync(what, waitsMilliseconds + _redis.Options.TimeoutMilliseconds, () => call(_connection.GetDatabase()), cancel);

    public async ValueTask DisposeAsync()
    {
        // A read that still waits on the server would hold up a polite goodbye.
        await Task.Run(() => _connection.Close(allowCommandsToComplete: false));
        _connection.Dispose();
    }
}
