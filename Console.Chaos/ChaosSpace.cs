using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Bench;
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

    /// <summary>Looks at every acknowledged job, at the ledger and at every list.</summary>
    public async Task<Verdict> JudgeAsync()
    {
        var audit = new LedgerAudit(await Ledger.ReadAsync());
        var database = await AskAsync(Task.FromResult);
        var verdict = new Verdict(Load.Acknowledged, audit, await Invariants.CheckAsync(database, Jobs.Keys, Load.Acknowledged.Keys));
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
