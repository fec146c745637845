namespace OpsConsole.Bench.Ingest;

/// <summary>
/// Two consoles on one stream that does not rest. Each time the one that stores is killed, and another started in its place; every third
/// time it is only frozen, until the other one has taken over, and then goes on as if nothing had happened.
/// </summary>
internal sealed class IngestKills(ConsoleSettings settings, EventMaker maker, IngestWatch watch)
{
    private const double PerSecond = 3_000;
    private const int SecondsBetween = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly List<ConsoleProcess> _consoles = [];

    public int Kills { get; private set; }

    public int Freezes { get; private set; }

    public double LongestTakeoverSeconds { get; private set; }

    public async Task RunAsync(int faults)
    {
        _consoles.Add(await ConsoleProcess.StartAsync(settings));
        _consoles.Add(await ConsoleProcess.StartAsync(settings));
        try
        {
            using var stop = new CancellationTokenSource();
            var making = MakeAsync(stop.Token);
            for (var fault = 1; fault <= faults; fault++)
            {
                await Task.Delay(TimeSpan.FromSeconds(SecondsBetween));
                await (fault % 3 == 2 ? FreezeAsync() : KillAsync());
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
        var leader = await TakenFromAsync(leader => leader.KillAsync());
        Kills++;
        _consoles.Remove(leader);
        await leader.DisposeAsync();
        _consoles.Add(await ConsoleProcess.StartAsync(settings));
    }

    // What it had begun to write must not get in behind the other one's back, and it must find its way to standing by.
    private async Task FreezeAsync()
    {
        var leader = await TakenFromAsync(leader => leader.FreezeAsync());
        await leader.ThawAsync();
        Freezes++;
        await leader.ReadyAsync();
    }

    private async Task<ConsoleProcess> TakenFromAsync(Func<ConsoleProcess, Task> fault)
    {
        var (epoch, stored) = (await EpochAsync(), await StoredAsync());
        var leader = await LeaderAsync();
        await fault(leader);
        var took = await Waiting.UntilAsync("another console has taken over the history and stored something", Patience, async () =>
        {
            // What the first one still stored does not count.
            if (await EpochAsync() != epoch)
                return await StoredAsync() > stored;
            stored = await StoredAsync();
            return false;
        }, pause: TimeSpan.FromMilliseconds(20));
        LongestTakeoverSeconds = Math.Max(LongestTakeoverSeconds, took.TotalSeconds);
        return leader;
    }

    private Task<long> EpochAsync() => watch.NumberAsync("""SELECT "Epoch" FROM "HistoryLease" """);

    private Task<long> StoredAsync() => watch.NumberAsync("""SELECT "Events" FROM "HistoryLease" """);

    private async Task<ConsoleProcess> LeaderAsync()
    {
        ConsoleProcess? leader = null;
        await Waiting.UntilAsync("one of the two consoles holds the lease of the history", Patience, async () =>
        {
            foreach (var console in _consoles)
            {
                if (await watch.NumberAsync($"""SELECT count(*) FROM "HistoryLease" WHERE "Holder" LIKE '%:{console.ProcessId}:%'""") > 0)
                    leader = console;
            }
            return leader is not null;
        });
        return leader!;
    }
}
