using System.Diagnostics;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Protocol;

/// <summary>
/// The connection that all calls share. The client library connects again by itself when Redis comes back; not always when only the
/// connection was cut, and not for a long time when the other end has vanished without a word. So one that has answered nothing for a
/// while is replaced as soon as another one can be had, and what was subscribed to is subscribed to anew.
/// </summary>
internal sealed class SharedConnection(Func<ConfigurationOptions> configuration) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<(RedisChannel Channel, Action<RedisChannel, RedisValue> Handler)> _subscriptions = [];
    private ConnectionMultiplexer? _connection;
    private Task _replacing = Task.CompletedTask;
    private long _silentSince;
    private bool _isDisposed;

    /// <summary>How long nothing must have been answered before another connection is tried; also the time between two tries.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The connection, made by the first caller. It may be one that is not connected at the moment.</summary>
    public async ValueTask<ConnectionMultiplexer> GetAsync(CancellationToken cancel)
    {
        if (Volatile.Read(ref _connection) is { } ready)
            return ready;
        await _gate.WaitAsync(cancel);
        try
        {
            return _connection ??= await ConnectionMultiplexer.ConnectAsync(configuration());
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Calls the handler for each message, also after the connection was replaced.</summary>
    public async Task SubscribeAsync(RedisChannel channel, Action<RedisChannel, RedisValue> handler, CancellationToken cancel)
    {
        var connection = await GetAsync(cancel);
        await _gate.WaitAsync(cancel);
        try
        {
            // It may have been replaced meanwhile.
            await (_connection ?? connection).GetSubscriber().SubscribeAsync(channel, handler);
            _subscriptions.Add((channel, handler));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A call was answered.</summary>
    public void NoteAnswer()
    {
        if (Volatile.Read(ref _silentSince) != 0)
            Volatile.Write(ref _silentSince, 0);
    }

    /// <summary>A call got no answer. Starts looking for another connection when there was none for too long.</summary>
    public void NoteSilence()
    {
        var now = Stopwatch.GetTimestamp();
        var since = Interlocked.CompareExchange(ref _silentSince, now, 0);
        if (since == 0 || Stopwatch.GetElapsedTime(since, now) < Patience || Volatile.Read(ref _connection) is null)
            return;
        lock (_lock)
        {
            if (_replacing.IsCompleted && !_isDisposed && Interlocked.CompareExchange(ref _silentSince, now, since) == since)
                _replacing = Task.Run(ReplaceAsync);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task replacing;
        lock (_lock)
            (_isDisposed, replacing) = (true, _replacing);
        await replacing;
        if (_connection is { } connection)
            await connection.CloseAsync(allowCommandsToComplete: false);
        _gate.Dispose();
    }

    private async Task ReplaceAsync()
    {
        try
        {
            var another = await ConnectionMultiplexer.ConnectAsync(configuration());
            if (another.IsConnected && await AnswersAsync(another))
                await TakeAsync(another);
            else
                Drop(another);
        }
        catch (RedisException)
        {
            // Redis itself is away; the next silent call tries again.
        }
    }

    private static async Task<bool> AnswersAsync(ConnectionMultiplexer connection)
    {
        try
        {
            await connection.GetDatabase().PingAsync().WaitAsync(TimeSpan.FromSeconds(1));
            return true;
        }
        catch (Exception e) when (e is TimeoutException or RedisException)
        {
            return false;
        }
    }

    private async Task TakeAsync(ConnectionMultiplexer another)
    {
        await _gate.WaitAsync();
        try
        {
            var isStillSilent = Volatile.Read(ref _silentSince) != 0;
            var unneeded = isStillSilent ? _connection! : another;
            if (isStillSilent)
                await UseAsync(another);
            Drop(unneeded);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task UseAsync(ConnectionMultiplexer another)
    {
        foreach (var (channel, handler) in _subscriptions)
            await another.GetSubscriber().SubscribeAsync(channel, handler);
        Volatile.Write(ref _connection, another);
    }

    // Closing waits for the other end, which may be gone.
    private static void Drop(ConnectionMultiplexer connection) => _ = Task.Run(() =>
    {
        connection.Close(allowCommandsToComplete: false);
        connection.Dispose();
    });
}
