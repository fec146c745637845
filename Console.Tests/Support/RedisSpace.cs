using System.Globalization;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Tests.Support;

/// <summary>
/// A part of the test Redis that belongs to one test: a prefix nobody else uses, whose keys go when the test ends.
/// Make one per test with <c>await using</c>, or in the constructor of the test class.
/// </summary>
public sealed class RedisSpace : IAsyncDisposable
{
    private static readonly Lazy<Task<ConnectionMultiplexer>> Shared = new(() => ConnectionMultiplexer.ConnectAsync(TestServers.Redis));
    private static int _count;

    public RedisSpace(Action<JobStorageOptions>? configure = null)
    {
        var number = Interlocked.Increment(ref _count);
        Options = new JobStorageOptions
        {
            Redis = TestServers.Redis,
            Prefix = string.Create(CultureInfo.InvariantCulture, $"{{test-{Environment.ProcessId}-{number}}}:"),
            // A busy machine may pause a test for seconds; a test of the time limit itself sets its own.
            TimeoutMilliseconds = 20_000,
        };
        configure?.Invoke(Options);
        Redis = new JobRedis(Microsoft.Extensions.Options.Options.Create(Options));
    }

    public JobStorageOptions Options { get; }

    public string Prefix => Options.Prefix;

    public RedisKeys Keys => Redis.Keys;

    /// <summary>The product's own connection, inside this space.</summary>
    public JobRedis Redis { get; }

    /// <summary>A plain connection, to look at what the product wrote and to write what a stranger would.</summary>
    public static async Task<IDatabase> DatabaseAsync() => (await Shared.Value).GetDatabase();

    public async ValueTask DisposeAsync()
    {
        var database = await DatabaseAsync();
        var cursor = "0";
        do
        {
            var page = (RedisResult[])(await database.ExecuteAsync("SCAN", cursor, "MATCH", Prefix + "*", "COUNT", "1000"))!;
            cursor = (string)page[0]!;
            await database.KeyDeleteAsync((RedisKey[])page[1]!);
        }
        while (cursor != "0");
        await Redis.DisposeAsync();
    }
}
