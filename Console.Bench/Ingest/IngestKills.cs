using System.Diagnostics;

namespace OpsConsole.Bench.Ingest;

/// <summary>Two consoles on one stream that does not rest; each time the one that stores is killed, and another started in its place.</summary>
internal sealed class IngestKills(ConsoleSettings settings, EventMaker maker, IngestWatch watch)
{
    private const double PerSecond = 3_000;
    private const int SecondsBetween = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly List<ConsoleProcess> _consoles = [];

    public int Count { get; private set; }

    public double LongestTakeoverSeconds { get; private set; }

    public async Task RunAsync(int kills)
    {
        _consoles.Add(await ConsoleProcess.StartAsync(settings));
        _consoles.Add(await ConsoleProcess.StartAsync(settings));
        try
        {
            using var stop = new CancellationTokenSource();
            var making = MakeAsync(stop.Token);
            while (Count < kills)
            {
                await Task.Delay(TimeSpan.FromSeconds(SecondsBetween));
                await KillAsync();
            }
            await stop.CancelAsync();
            await making;
            await watch.CatchUpAsync(Patience);
        }
        finally
        {
            foreach (var console in _consoles)
                await console.DisposeAsync();
        }
    }

    private async Task MakeAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
            await maker.SteadyAsync((long)PerSecond, PerSecond, () => true);
    }

    private async Task KillAsync()
    {
        var (epoch, stored) = (await EpochAsync(), await StoredAsync());
        var leader = await LeaderAsync();
        await leader.KillAsync();
        var since = Stopwatch.GetTimestamp();
        while (await EpochAsync() == epoch || await StoredAsync() <= stored)
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
                throw new InvalidOperationException("No other console has taken over the history.");
            await Task.Delay(20);
            stored = await EpochAsync() == epoch ? await StoredAsync() : stored;
        }
        LongestTakeoverSeconds = Math.Max(LongestTakeoverSeconds, Stopwatch.GetElapsedTime(since).TotalSeconds);
        Count++;
        _consoles.Remove(leader);
        await leader.DisposeAsync();
        _consoles.Add(await ConsoleProcess.StartAsync(settings));
    }

    private Task<long> EpochAsync() => watch.NumberAsync("""SELECT "Epoch" FROM "HistoryLease" """);

    private Task<long> StoredAsync() => watch.NumberAsync("""SELECT "Events" FROM "HistoryLease" """);

    private async Task<ConsoleProcess> LeaderAsync()
    {
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < Patience)
        {
            foreach (var console in _consoles)
            {
                if (await watch.NumberAsync($"""SELECT count(*) FROM "HistoryLease" WHERE "Holder" LIKE '%:{console.ProcessId}:%'""") > 0)
                    return console;
            }
            await Task.Delay(50);
        }
        throw new InvalidOperationException("None of the two consoles holds the lease of the history.");
    }
}
