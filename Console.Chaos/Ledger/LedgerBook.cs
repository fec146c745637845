using System.Globalization;
using StackExchange.Redis;

namespace OpsConsole.Chaos.Ledger;

/// <summary>The ledger of one experiment, as whoever checks it reads it.</summary>
internal sealed class LedgerBook : IAsyncDisposable
{
    private const int PageSize = 5_000;
    private readonly ConnectionMultiplexer _connection;

    private LedgerBook(ConnectionMultiplexer connection) => _connection = connection;

    /// <summary>Before its keys.</summary>
    public string Name { get; } = "ledger-" + Guid.NewGuid().ToString("N");

    public static async Task<LedgerBook> OpenAsync(string redis) => new(await ConnectionMultiplexer.ConnectAsync(redis));

    /// <summary>Everything that was said, in order.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> ReadAsync()
    {
        var entries = new List<LedgerEntry>();
        for (var from = "-"; ;)
        {
            var page = (RedisResult[])(await _connection.GetDatabase().ExecuteAsync("XRANGE", Name + ":entries", from, "+", "COUNT", PageSize))!;
            entries.AddRange(page.Select(Read));
            if (page.Length < PageSize)
                return entries;
            from = "(" + (string)((RedisResult[])page[^1]!)[0]!;
        }
    }

    /// <summary>By how many seconds the clocks of the workers that have started so far are ahead.</summary>
    public Task<double[]> ClocksAsync() => ClockReading.ReadAsync(_connection.GetDatabase(), Name);

    public async ValueTask DisposeAsync()
    {
        await _connection.GetDatabase().KeyDeleteAsync([Name + ":entries", Name + ":tokens", Name + ":clocks"]);
        await _connection.CloseAsync();
        _connection.Dispose();
    }

    private static LedgerEntry Read(RedisResult entry)
    {
        var parts = (RedisResult[])entry!;
        var fields = (string[])parts[1]!;
        var at = long.Parse(((string)parts[0]!).Split('-')[0], CultureInfo.InvariantCulture);
        return new LedgerEntry(at, fields[1] == "effect", fields[3], int.Parse(fields[5], CultureInfo.InvariantCulture), fields[7], fields[9] == "1");
    }
}
