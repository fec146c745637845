using OpsConsole.Bench;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;

namespace OpsConsole.Chaos.Experiments;

/// <summary>Redis fills up to its maxmemory while jobs run that last longer than their lease.</summary>
internal sealed class MaxMemory : IExperiment
{
    private const int Slots = 10;
    private const int Workers = 2;

    public string Name => "maxmemory";

    public string About => "maxmemory reached: new jobs are refused with a clear message, running ones keep their lease and end; eviction raises an alarm";

    public async Task<ChaosReport> RunAsync(ChaosSettings settings)
    {
        var (lease, seconds) = settings.Quick ? (10, 16) : (15, 40);
        await using var space = await ChaosSpace.OpenAsync(settings, Workers, Slots, lease, new Dictionary<string, string> { ["maxmemory"] = "24mb" });
        await space.Load.MakeAsync(Slots * Workers, "chaos.work", $$"""{"milliseconds":{{seconds * 1_000}}}""");
        await Waiting.UntilAsync("all slots are busy", TimeSpan.FromMinutes(1), async () => (await space.HeldAsync()).Count == Slots * Workers);
        var (made, refusal) = await FillAsync(space);
        var ended = await Waiting.TryUntilAsync(TimeSpan.FromSeconds(seconds + 60), async () => await space.SucceededAsync() == Slots * Workers);
        var refusalAtEnd = await FillAsync(space);
        var alarms = await AlarmsAsync(space);
        var verdict = await space.JudgeAsync();
        return new ChaosReport(Name, $"{Slots * Workers} jobs of {seconds} s, lease {lease} s; full after {made:N0} waiting jobs: \"{refusal}\"", verdict.Lost.Count, verdict.Audit.DoubleEffects,
        [
            .. verdict.Figures,
            new Figure("refused_clearly", refusal.Contains("maxmemory", StringComparison.Ordinal) ? 1 : 0, AtLeast: 1),
            new Figure("full_to_the_end", refusalAtEnd.Made == 0 ? 1 : 0),
            new Figure("finished_while_full", ended is null ? await space.SucceededAsync() : Slots * Workers, AtLeast: Slots * Workers),
            new Figure("alarms_for_eviction", alarms, AtLeast: 1),
            new Figure("starts_again", verdict.Audit.Restarts, AtMost: 0),
        ]);
    }

    /// <summary>Starts a worker on a Redis that evicts, and counts what it says of that.</summary>
    private static async Task<int> AlarmsAsync(ChaosSpace space)
    {
        await space.AskAsync(database => database.ExecuteAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-lru", "maxmemory", "1gb"));
        space.Fleet.Start(1);
        var worker = space.Fleet.Workers[^1];
        await Waiting.TryUntilAsync(TimeSpan.FromMinutes(1), () => Task.FromResult(worker.CountInLog("allkeys-lru") > 0));
        return worker.CountInLog("allkeys-lru");
    }

    /// <summary>Makes jobs in a queue that nobody serves until Redis takes no more.</summary>
    private static async Task<(int Made, string Refusal)> FillAsync(ChaosSpace space)
    {
        var made = 0;
        try
        {
            for (; made < 1_000_000; made += 200)
                await space.Client.EnqueueManyAsync([.. Enumerable.Range(0, 200).Select(_ => new JobRequest("chaos.work", """{"milliseconds":1}""", new EnqueueOptions { Queue = "filler" }))]);
            return (made, "");
        }
        catch (JobStorageException e)
        {
            return (made, e.Message);
        }
    }
}
