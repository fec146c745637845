using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Bench;
using OpsConsole.Chaos.Faults;
using OpsConsole.Chaos.Fleet;
using OpsConsole.Chaos.Ledger;
using OpsConsole.Chaos.Servers;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using StackExchange.Redis;

namespace OpsConsole.Chaos;

/// <summary>A Redis for jobs, a ledger in another one, a fleet of workers and someone who makes jobs: what every experiment needs.</summary>
internal sealed class ChaosSpace : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly ServiceProvider _services;
    private readonly List<Plant> _plants = [];

    private ChaosSpace(RedisServer redis, LedgerBook ledger, WorkerFleet fleet, ServiceProvider services)
    {
        (Redis, Ledger, Fleet, _services) = (redis, ledger, fleet, services);
        Load = new Load(Client);
    }

    public RedisServer Redis { get; }

    public LedgerBook Ledger { get; }

    public WorkerFleet Fleet { get; }

    public Load Load { get; }

    public JobClient Client => _services.GetRequiredService<JobClient>();

    public JobRedis Jobs => _services.GetRequiredService<JobRedis>();

    public JobControl Control => _services.GetRequiredService<JobControl>();

    /// <summary>Starts Redis, and workers that have announced themselves when this returns.</summary>
    public static async Task<ChaosSpace> OpenAsync(ChaosSettings settings, int workers, int slots, int leaseSeconds = 15, IReadOnlyDictionary<string, string>? redisOptions = null)
    {
        var redis = await RedisServer.StartNewAsync(settings, redisOptions);
        var ledger = await LedgerBook.OpenAsync(settings.LedgerRedis);
        var services = new ServiceCollection().AddLogging().AddJobStorage(options => options.Redis = redis.Configuration).BuildServiceProvider();
        var fleet = new WorkerFleet(new WorkerSettings(redis.Configuration, settings.LedgerRedis, ledger.Name, slots) { LeaseSeconds = leaseSeconds }, settings.Folder);
        var space = new ChaosSpace(redis, ledger, fleet, services);
        fleet.Start(workers);
        await Waiting.UntilAsync($"{workers} workers are there", s_patience, async () => await space.AskAsync(database => database.SetLengthAsync(space.Jobs.Keys.Servers)) >= workers);
        return space;
    }

    /// <summary>Asks Redis, and asks again while it is away.</summary>
    public async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        for (var since = Stopwatch.GetTimestamp(); ; await Task.Delay(50))
        {
            try
            {
                return await Jobs.RunAsync("a look", ask);
            }
            catch (JobStorageException) when (Stopwatch.GetElapsedTime(since) < s_patience)
            {
            }
        }
    }

    /// <summary>What workers of ours hold now.</summary>
    public async Task<IReadOnlyList<HeldJob>> HeldAsync() =>
        [.. (await AskAsync(database => database.HashGetAllAsync(Jobs.Keys.Running))).Select(entry => HeldJob.Read(entry.Name!, entry.Value!))];

    /// <summary>Waits until Redis has read the last of what a dead worker has sent, and knows that it is gone.</summary>
    public Task SilentAsync(WorkerProcess worker) => Waiting.UntilAsync("Redis has seen a worker go", s_patience, async () =>
        !((string)(await AskAsync(database => database.ExecuteAsync("CLIENT", "LIST")))!).Contains($" name={WorkerProcess.ConnectionName(worker.Id)} ", StringComparison.Ordinal));

    /// <summary>Whether all of these jobs have been made.</summary>
    public async Task<bool> AreThereAsync(IReadOnlyList<string> ids)
    {
        var there = await Task.WhenAll(ids.Select(id => AskAsync(database => database.KeyExistsAsync(Jobs.Keys.Job(id)))));
        return there.All(one => one);
    }

    /// <summary>Has Redis know these scripts, so that their first call does what was asked and is not refused for that.</summary>
    public async Task KnowAsync(IEnumerable<string> scripts)
    {
        foreach (var script in scripts.Select(RedisScript.Load))
            await AskAsync(database => database.ExecuteAsync("SCRIPT", "LOAD", script.Text));
    }

    /// <summary>What a worker is called among the workers, or null when it is not announced.</summary>
    public async Task<string?> WorkerIdAsync(WorkerProcess worker) =>
        (await AskAsync(database => database.SetMembersAsync(Jobs.Keys.Servers))).Select(id => (string)id!).FirstOrDefault(id => id.Split(':')[1] == $"{worker.Id}");

    /// <summary>Whether a worker has renewed its record since then. An old record goes after 30 s of silence, so that to find one says nothing.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="since">Unix ms.</param>
    public async Task<bool> HasBeatenAsync(WorkerProcess worker, long since)
    {
        if (await WorkerIdAsync(worker) is not { } id)
            return false;
        return await AskAsync(async database => (long)await database.HashGetAsync(Jobs.Keys.Server(id), "Heartbeat")) >= since;
    }

    /// <summary>What was made wrong in Redis on purpose.</summary>
    public IReadOnlyList<Plant> Plants => _plants;

    /// <summary>Notes that something was made wrong just now.</summary>
    public void Plant(string kind, string subject) => _plants.Add(new Plant(kind, subject, DateTimeOffset.UtcNow));

    /// <summary>Waits until the sweep has found all that was made wrong.</summary>
    /// <returns>The longest time from the harm to what was done about it, or null when not all was found within the limit.</returns>
    public async Task<TimeSpan?> UntilPlantsAreFoundAsync(TimeSpan limit)
    {
        var found = await Waiting.TryUntilAsync(limit, async () => (await FindingsAsync()) is var findings && _plants.TrueForAll(plant => findings.Any(plant.IsMetBy)));
        var all = await FindingsAsync();
        return found is null ? null : _plants.Select(plant => all.First(plant.IsMetBy).At - plant.At).DefaultIfEmpty().Max();
    }

    /// <summary>What workers found wrong in Redis so far.</summary>
    public Task<IReadOnlyList<Finding>> FindingsAsync() => _services.GetRequiredService<JobInspector>().GetFindingsAsync(1_000);

    public Task<long> SucceededAsync() => AskAsync(async database => (long)await database.StringGetAsync(Jobs.Keys.Stats("succeeded")));

    /// <summary>Waits until nothing waits, runs or is scheduled.</summary>
    /// <returns>False when that takes longer than the limit.</returns>
    public async Task<bool> SettleAsync(TimeSpan limit) => await Waiting.TryUntilAsync(limit, async () => await AskAsync(UnfinishedAsync) == 0) is not null;

    private async Task<long> UnfinishedAsync(IDatabase database)
    {
        var keys = Jobs.Keys;
        var unfinished = await database.HashLengthAsync(keys.Running) + await database.SortedSetLengthAsync(keys.Schedule);
        foreach (var queue in (string[])["default", ChaosJobs.FirstQueue])
            unfinished += await database.ListLengthAsync(keys.Queue(queue)) + await database.SortedSetLengthAsync(keys.Throttled(queue));
        return unfinished;
    }

    /// <summary>Does what an operator does with quarantined jobs when their cause is known, and waits for them.</summary>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlySet<string>> RetryQuarantinedAsync(TimeSpan limit)
    {
        var ids = (await AskAsync(database => database.SortedSetRangeByRankAsync(Jobs.Keys.Quarantine))).Select(id => (string)id!).ToHashSet(StringComparer.Ordinal);
        foreach (var id in ids)
            await Control.RetryAsync(id, new Actor("chaos", "Its workers were killed on purpose."));
        await SettleAsync(limit);
        return ids;
    }

    /// <summary>Looks at every acknowledged job, at the ledger, at every list and at what the sweep has found.</summary>
    public async Task<Verdict> JudgeAsync()
    {
        // What the sweep repairs now would not be seen afterwards.
        var places = await Invariants.CheckAsync(await AskAsync(Task.FromResult), Jobs.Keys, Load.Acknowledged.Keys);
        var findings = await LastLook.TakeAsync(Jobs, _services.GetRequiredService<JobInspector>());
        var audit = new LedgerAudit(await Ledger.ReadAsync());
        var database = await AskAsync(Task.FromResult);
        var verdict = new Verdict(Load.Acknowledged, audit, places, [.. findings.Where(finding => !_plants.Exists(plant => plant.IsMetBy(finding)))]);
        await verdict.ExplainAsync(database, Jobs.Keys);
        return verdict;
    }

    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        await Jobs.DisposeAsync();
        await _services.DisposeAsync();
        await Ledger.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
