namespace OpsConsole.Bench.Schedules;

/// <summary>Two consoles; every ten seconds the one that holds the lease is killed, or frozen until the other has taken over.</summary>
internal sealed class LeaderFaults(BenchSettings settings)
{
    private const int Schedules = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly List<double> _takeoverSeconds = [];
    private readonly List<ConsoleProcess> _consoles = [];

    public Moments Moments { get; private set; } = new(0, 0, 0);

    public IReadOnlyList<double> TakeoverSeconds => _takeoverSeconds;

    public int Faults => _takeoverSeconds.Count;

    public async Task RunAsync()
    {
        var seconds = settings.Quick ? 20 : 100;
        await using var space = await ScheduleSpace.OpenAsync(settings);
        try
        {
            _consoles.Add(await ConsoleProcess.StartAsync(space.Console));
            _consoles.Add(await ConsoleProcess.StartAsync(space.Console));
            var ids = await SecondFleet.ImportAsync(space, Schedules);
            var from = Clock.NextSecond().AddSeconds(3);
            await Clock.UntilAsync(from);
            while (DateTimeOffset.UtcNow < from.AddSeconds(seconds))
            {
                await Task.Delay(Pause);
                await HitAsync(space, isKill: Faults % 2 == 0);
            }
            Moments = await Moments.CountAsync(ids, from, Clock.NextSecond().AddSeconds(-2));
        }
        finally
        {
            foreach (var console in _consoles)
                await console.DisposeAsync();
        }
    }

    private async Task HitAsync(ScheduleSpace space, bool isKill)
    {
        var (leader, epoch) = await LeaderAsync(space);
        if (isKill)
            await leader.KillAsync();
        else
            await leader.FreezeAsync();
        var since = DateTimeOffset.UtcNow;
        await Waiting.UntilAsync("another console fires", Patience, async () =>
            await space.Ledger.NumberAsync("""SELECT count(*) FROM "RunnerLease" WHERE "Epoch" > $1""", epoch) > 0
            && await space.Ledger.NumberAsync("""SELECT count(*) FROM "Occurrences" WHERE "EnqueuedAt" > (SELECT "AcquiredAt" FROM "RunnerLease")""") > 0, Clock.LookEvery);
        _takeoverSeconds.Add((DateTimeOffset.UtcNow - since).TotalSeconds);
        if (isKill)
        {
            _consoles.Remove(leader);
            await leader.DisposeAsync();
            _consoles.Add(await ConsoleProcess.StartAsync(space.Console));
        }
        else
        {
            await leader.ThawAsync();
        }
    }

    private async Task<(ConsoleProcess Leader, long Epoch)> LeaderAsync(ScheduleSpace space)
    {
        var epoch = await space.Ledger.NumberAsync("""SELECT "Epoch" FROM "RunnerLease" """);
        foreach (var console in _consoles)
        {
            if (await space.Ledger.NumberAsync("""SELECT count(*) FROM "RunnerLease" WHERE ':' || replace("Holder", '/', ':') || ':' LIKE '%:' || $1 || ':%'""", console.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)) > 0)
                return (console, epoch);
        }
        throw new InvalidOperationException("None of the two consoles holds the lease.");
    }
}
