using OpsConsole.Bench.Proxies;

namespace OpsConsole.Bench.Schedules;

/// <summary>
/// A console that is killed each time when the ledger has a moment and Redis has not confirmed its job: half of the times the job
/// never reached Redis, and half of the times only the answer did not come back.
/// </summary>
internal sealed class CrashesBeforeEnqueue(BenchSettings settings)
{
    private const int Schedules = 3;
    // As long as it takes the last console to make up for what the ones before it left.
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public int Kills { get; private set; }

    public Moments Moments { get; private set; } = new(0, 0, 0);

    public async Task RunAsync()
    {
        var rounds = settings.Quick ? 10 : 200;
        await using var space = await ScheduleSpace.OpenAsync(settings);
        await using var redis = new RedisProxy(settings.Redis);
        var console = space.Console with { Redis = redis.ConnectionString };
        var ids = await SecondFleet.ImportAsync(space, Schedules);
        var from = Clock.NextSecond().AddSeconds(1);
        while (Kills < rounds)
            await CrashAsync(space, console, redis, isAnswerLost: Kills % 2 == 1);
        await using var last = await ConsoleProcess.StartAsync(console);
        await Task.Delay(CatchUp);
        Moments = await Moments.CountAsync(ids, from, Clock.NextSecond().AddSeconds(-2));
    }

    private async Task CrashAsync(ScheduleSpace space, ConsoleSettings settings, RedisProxy redis, bool isAnswerLost)
    {
        await using var console = ConsoleProcess.Launch(settings);
        var epoch = await space.Ledger.NumberAsync("""SELECT "Epoch" FROM "RunnerLease" """);
        await Waiting.UntilAsync("the new console fires", Patience, async () => await space.Ledger.NumberAsync("""
            SELECT count(*) FROM "Occurrences" WHERE "EnqueuedAt" > (SELECT "AcquiredAt" FROM "RunnerLease" WHERE "Epoch" > $1)
            """, epoch) > 0, Clock.LookEvery);
        if (isAnswerLost)
            redis.HoldAnswers();
        else
            redis.Cut();
        await Waiting.UntilAsync("a moment is claimed and has no job", Patience, async () =>
            await space.Ledger.NumberAsync("""SELECT count(*) FROM "Occurrences" WHERE "State" = 0 AND "RecordedAt" < clock_timestamp() - interval '50 ms'""") > 0, Clock.LookEvery);
        await console.KillAsync();
        // This is about the moment between, and not about takeover: the next console need not wait until the lease has ended.
        await space.Ledger.RunAsync("""UPDATE "RunnerLease" SET "ExpiresAt" = clock_timestamp()""");
        redis.Cut();
        redis.Heal();
        Kills++;
    }
}
