using OpsConsole.Chaos.Fleet;
using OpsConsole.Chaos.Servers;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Chaos.Mix;

/// <summary>What is done to each target.</summary>
/// <param name="space">Where it is done.</param>
/// <param name="folder">For what presses on the disk.</param>
/// <param name="scale">1 in the long form; the short one has less time for each fault.</param>
internal sealed class MixTroubles(MixSpace space, string folder, double scale)
{
    private static readonly RedisScript[] s_scripts = [.. new[] { "finish", "renew", "promote-due", "recover" }.Select(RedisScript.Load)];

    public IReadOnlyList<TroubleMaker> Makers(int seed) =>
    [
        new("workers", seed + 1, 12 * scale, new("killed", KillWorkerAsync), new("frozen beyond its lease", FreezeWorkerAsync), new("dies at a script", DieAtScriptAsync)),
        new("redis", seed + 2, 60 * scale, new("killed", KillRedisAsync), new("frozen", FreezeRedisAsync), new("full", FillRedisAsync), new("on a slow disk", PressAsync)),
        new("postgres", seed + 3, 60 * scale, new("cut off", CutDatabaseAsync), new("says nothing", HoldDatabaseAsync)),
        new("console", seed + 4, 60 * scale, new("killed", _ => space.Console.KillAsync()), new("frozen", random => space.Console.FreezeAsync(Seconds(random, 2, 40)))),
        new("operator", seed + 5, 30 * scale, new("makes poison", space.Operator.PoisonAsync), new("pauses a queue", random => space.Operator.PauseAsync(Seconds(random, 1, 10))), new("retries groups", _ => space.Operator.RetryGroupsAsync())),
    ];

    private TimeSpan Seconds(Random random, double least, double most) => TimeSpan.FromSeconds((least + (random.NextDouble() * (most - least))) * scale);

    private WorkerProcess AnyWorker(Random random) => space.Base.Fleet.Workers[random.Next(space.Base.Fleet.Workers.Count)];

    private Task KillWorkerAsync(Random random) => Signal.SendAsync(AnyWorker(random).Id, "KILL");

    private async Task FreezeWorkerAsync(Random random)
    {
        var worker = AnyWorker(random).Id;
        await Signal.SendAsync(worker, "STOP");
        await Task.Delay(Seconds(random, 16, 45));
        await Signal.SendAsync(worker, "CONT");
    }

    private async Task DieAtScriptAsync(Random random)
    {
        var (script, calls, when) = (s_scripts[random.Next(s_scripts.Length)], random.Next(1, 8), (DeathAt)random.Next(2));
        var worker = space.Doomed.Workers[0];
        await Task.WhenAny(space.Proxy.ArmAsync(script.Sha1, calls, when, worker), Task.Delay(Seconds(random, 20, 20)));
        await Signal.SendAsync(worker.Id, "KILL");
    }

    private async Task KillRedisAsync(Random random)
    {
        await space.Base.Redis.KillAsync();
        await Task.Delay(Seconds(random, 0, 8));
        await space.Base.Redis.StartAsync();
    }

    private async Task FreezeRedisAsync(Random random)
    {
        await space.Base.Redis.FreezeAsync();
        await Task.Delay(Seconds(random, 1, 25));
        await space.Base.Redis.ThawAsync();
    }

    private async Task FillRedisAsync(Random random)
    {
        await space.Base.AskAsync(redis => redis.ExecuteAsync("CONFIG", "SET", "maxmemory", "1mb"));
        await Task.Delay(Seconds(random, 2, 20));
        await space.Base.AskAsync(redis => redis.ExecuteAsync("CONFIG", "SET", "maxmemory", "0"));
    }

    private async Task PressAsync(Random random)
    {
        await using var pressure = new DiskPressure(folder);
        await Task.Delay(Seconds(random, 5, 20));
    }

    private async Task CutDatabaseAsync(Random random)
    {
        space.Database.Cut();
        await Task.Delay(Seconds(random, 1, 40));
        space.Database.Heal();
    }

    private async Task HoldDatabaseAsync(Random random)
    {
        space.Database.HoldAnswers();
        await Task.Delay(Seconds(random, 1, 20));
        space.Database.Heal();
    }
}
