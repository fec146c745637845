using System.Net;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace OpsConsole.Jobs.Protocol;

/// <summary>
/// The connection to the Redis that holds the jobs: the one place where a call gets its time limit, because asynchronous
/// calls of the client library have none of their own.
/// </summary>
public sealed class JobRedis : IAsyncDisposable
{
    private readonly JobStorageOptions _options;
    private readonly SharedConnection _shared;

    /// <summary>Makes the connection object; the first call connects.</summary>
    public JobRedis(IOptions<JobStorageOptions> options)
    {
        _options = options.Value;
        _shared = new SharedConnection(Configuration);
        Keys = new RedisKeys(_options.Prefix);
    }

    /// <summary>The same, with another patience for a connection that answers nothing.</summary>
    internal JobRedis(IOptions<JobStorageOptions> options, TimeSpan patience) : this(options) => _shared = new SharedConnection(Configuration) { Patience = patience };

    /// <summary>Names of all keys.</summary>
    public RedisKeys Keys { get; }

    /// <summary>The options that this connection was made with.</summary>
    public JobStorageOptions Options => _options;

    /// <summary>
    /// Runs one or more commands under the time limit.
    /// </summary>
    /// <exception cref="JobStorageException">Redis did not answer in time, is away, or refused.</exception>
    public async Task<T> RunAsync<T>(string what, Func<IDatabase, Task<T>> call, CancellationToken cancel = default)
    {
        try
        {
            var result = await TranslateAsync(what, _options.TimeoutMilliseconds, async () => await call((await _shared.GetAsync(cancel)).GetDatabase()), cancel);
            _shared.NoteAnswer();
            return result;
        }
        catch (JobStorageException e)
        {
            if (e.InnerException is RedisServerException)
                _shared.NoteAnswer();
            else
                _shared.NoteSilence();
            throw;
        }
    }

    /// <summary>The one place where a call gets its time limit, and errors of the client library become ours.</summary>
    internal async Task<T> TranslateAsync<T>(string what, int timeoutMilliseconds, Func<Task<T>> call, CancellationToken cancel)
    {
        try
        {
            return await call().WaitAsync(TimeSpan.FromMilliseconds(timeoutMilliseconds), cancel);
        }
        catch (TimeoutException e)
        {
            throw new JobStorageException($"Redis did not answer '{what}' within {timeoutMilliseconds:N0} ms. If it was to write, that may or may not have been done; repeating it under the same job id is safe.", e);
        }
        catch (RedisConnectionException e)
        {
            throw new JobStorageException($"Redis at {Servers} could not be reached for '{what}' ({ShortOf(e)}). Check that it runs, has loaded its data and takes the password.", e);
        }
        catch (RedisServerException e) when (e.Message.Contains("OOM", StringComparison.Ordinal))
        {
            throw new JobStorageException($"Redis has reached its maxmemory and takes nothing new: '{what}' was refused and has changed nothing. Running jobs go on and end; deleting, cancelling and pausing work. Raise maxmemory: what is deleted is freed only a day later.", e);
        }
        catch (RedisException e)
        {
            throw new JobStorageException($"Redis refused or lost '{what}': {e.Message}", e);
        }
        catch (ObjectDisposedException e) when (!cancel.IsCancellationRequested)
        {
            throw new JobStorageException($"The connection to Redis was closed during '{what}'.", e);
        }
    }

    /// <summary>Runs a script under the time limit. <c>KEYS[1]</c> is the prefix.</summary>
    /// <exception cref="JobStorageException">Redis did not answer in time, is away, or refused.</exception>
    internal Task<RedisResult> EvalAsync(RedisScript script, RedisValue[] arguments, CancellationToken cancel = default)
    {
        RedisKey[] keys = [Keys.Prefix];
        return RunAsync("script " + script.Name, async database =>
        {
            try
            {
                return await database.ScriptEvaluateAsync(script.Sha1, keys, arguments);
            }
            catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                await database.ExecuteAsync("SCRIPT", "LOAD", script.Text);
                return await database.ScriptEvaluateAsync(script.Sha1, keys, arguments);
            }
        }, cancel);
    }

    /// <summary>Opens a further connection, for reads that block; the caller disposes it.</summary>
    public Task<ConnectionMultiplexer> OpenOwnConnectionAsync() => ConnectionMultiplexer.ConnectAsync(Configuration());

    /// <summary>Calls the handler for each message on a channel, until this is disposed.</summary>
    /// <exception cref="JobStorageException">Redis did not answer in time or is away; the handler is not called.</exception>
    public Task SubscribeAsync(RedisChannel channel, Action<RedisChannel, RedisValue> handler, CancellationToken cancel = default) =>
        TranslateAsync("SUBSCRIBE", _options.TimeoutMilliseconds + 5_000, async () =>
        {
            await _shared.SubscribeAsync(channel, handler, cancel);
            return true;
        }, cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _shared.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMilliseconds(_options.TimeoutMilliseconds));
        }
        catch (TimeoutException)
        {
            // Closing has no time limit of its own either; a Redis that is gone must not keep the process from ending.
        }
    }

    /// <summary>Why a connection string cannot be used, or null.</summary>
    internal static string? FaultIn(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0 ? null : "It names no server.";
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return e.Message;
        }
    }

    private string Servers => string.Join(", ", Configuration().EndPoints.Select(point => point is DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : point.ToString()));

    // The client library appends its own counters after the first sentence.
    private static string ShortOf(RedisConnectionException e) => e.Message.Split(';', 2)[0].TrimEnd('.');

    private ConfigurationOptions Configuration()
    {
        var configuration = ConfigurationOptions.Parse(_options.Redis);
        configuration.AbortOnConnectFail = false;
        configuration.AllowAdmin = false;
        configuration.ConnectTimeout = Math.Max(1_000, _options.TimeoutMilliseconds);
        configuration.SyncTimeout = Math.Max(1_000, _options.TimeoutMilliseconds);
        return configuration;
    }
}
