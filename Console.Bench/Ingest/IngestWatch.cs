using System.Diagnostics;
using Npgsql;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Bench.Ingest;

/// <summary>Sees from outside how far the history is: notes where the stream ends, and how long that takes to be stored.</summary>
internal sealed class IngestWatch(NpgsqlDataSource database, JobEventReader reader)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);
    private readonly List<double> _lags = [];

    /// <summary>Seconds that each mark took.</summary>
    public IReadOnlyList<double> Lags => _lags;

    /// <summary>Events that are stored.</summary>
    public long Events { get; private set; }

    /// <summary>Marks and looks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var mark = await reader.GetPositionAsync(CancellationToken.None);
            var since = Stopwatch.GetTimestamp();
            // Who cancels waits by a limit of its own for what is left.
            while (await BehindAsync(mark) && !cancel.IsCancellationRequested)
                await Task.Delay(Every, CancellationToken.None);
            _lags.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
            await Task.Delay(Every, CancellationToken.None);
        }
    }

    /// <summary>Waits until all that is in the stream now is stored.</summary>
    /// <returns>Seconds that it took.</returns>
    public async Task<double> CatchUpAsync(TimeSpan patience)
    {
        var mark = await reader.GetPositionAsync();
        return (await Waiting.UntilAsync($"the history has reached {mark}", patience, async () => !await BehindAsync(mark), Every)).TotalSeconds;
    }

    public async Task<long> NumberAsync(string query)
    {
        await using var command = database.CreateCommand(query);
        command.CommandTimeout = 300;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<bool> BehindAsync(string mark)
    {
        await using var command = database.CreateCommand("""SELECT "Position", "Events" FROM "HistoryLease" """);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        Events = row.GetInt64(1);
        return Compare(row.GetString(0), mark) < 0;
    }

    private static int Compare(string left, string right)
    {
        long[] a = [.. left.Split('-').Select(long.Parse)], b = [.. right.Split('-').Select(long.Parse)];
        return a[0] != b[0] ? a[0].CompareTo(b[0]) : a[1].CompareTo(b[1]);
    }
}
