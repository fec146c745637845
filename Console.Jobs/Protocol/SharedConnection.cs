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
    // Asynchronous calls of the client library have no time limit, and a try that never ended would be the last one.
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(2);
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

    /// <summary>Calls the handler for each message, also after the connection was replaced; around that moment a message may come twice or not at all.</summary>
    public async Task SubscribeAsync(RedisChannel channel, Action<RedisChannel, RedisValue> handler, CancellationToken cancel)
    {
        ISubscriber? subscriber = null;
        // Known before it is asked for: whoever replaces the connection meanwhile sees to it.
        lock (_lock)
            _subscriptions.Add((channel, handler));
        try
        {
            subscriber = (await GetAsync(cancel)).GetSubscriber();
            await subscriber.SubscribeAsync(channel, handler).WaitAsync(s_answer, cancel);
        }
        catch
        {
            lock (_lock)
                _subscriptions.Remove((channel, handler));
            _ = subscriber?.UnsubscribeAsync(channel, handler, CommandFlags.FireAndForget);
            throw;
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
            if (await AnswersAsync(another) && Volatile.Read(ref _silentSince) != 0)
                await UseAsync(another);
            else
                Drop(another);
        }
        catch (Exception e) when (IsSilence(e))
        {
            // Redis itself is away; the next silent call tries again.
        }
    }

    private static async Task<bool> AnswersAsync(ConnectionMultiplexer connection)
    {
        try
        {
            await connection.GetDatabase().PingAsync().WaitAsync(s_answer);
            return true;
        }
        catch (Exception e) when (IsSilence(e))
        {
            return false;
        }
    }

    private async Task UseAsync(ConnectionMultiplexer another)
    {
        Drop(Interlocked.Exchange(ref _connection, another)!);
        (RedisChannel Channel, Action<RedisChannel, RedisValue> Handler)[] subscriptions;
        lock (_lock)
            subscriptions = [.. _subscriptions];
        // One that is not acknowledged in time stands all the same: the client library asks for it again when it connects.
        foreach (var (channel, handler) in subscriptions)
            await another.GetSubscriber().SubscribeAsync(channel, handler).WaitAsync(s_answer);
    }

    private static bool IsSilence(Exception e) => e is TimeoutException or RedisException or ObjectDisposedException;

    // Closing waits for the other end, which may be gone.
    private static void Drop(ConnectionMultiplexer connection) => _ = Task.Run(() =>
    {
        connection.Close(allowCommandsToComplete: false);
        connection.Dispose();
    });
}
