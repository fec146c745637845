using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Chaos;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Upkeep;
using OpsConsole.Jobs.Worker;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Jobs.Worker;
using OpsConsole.Tests.Support;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Upkeep;

/// <summary>Jobs in Redis, to be harmed by a test, and a sweep over them without rests whose clock the test turns.</summary>
internal sealed class SweepSpace : IAsyncDisposable
{
    private readonly JobsSpace _jobs = new();
    private readonly StorageSweep _sweep;

    private SweepSpace(IDatabase database, SweepSize? size)
    {
        Database = database;
        _sweep = new StorageSweep(_jobs.Space.Redis, new JobWorkerOptions(), _jobs.Time, (_, _) => Task.CompletedTask, NullLogger.Instance, size);
    }

    public IDatabase Database { get; }

    public RedisKeys Keys => _jobs.Keys;

    public JobControl Control => _jobs.Control;

    public JobInspector Inspector => _jobs.Inspector;

    public static async Task<SweepSpace> OpenAsync() => new(await RedisSpace.DatabaseAsync(), null);

    /// <summary>One whose sweep takes every store for large and every queue for long.</summary>
    public static async Task<SweepSpace> OpenLargeAsync() => new(await RedisSpace.DatabaseAsync(), new SweepSize(MostKeys: 0, LongQueue: 0));

    public FakeWorker Worker(string id = "ours:1:a") => new(_jobs.Space.Redis, id);

    public Task<string> EnqueueAsync(EnqueueOptions? options = null) => _jobs.EnqueueAsync(options);

    public Task<string> ScheduleAsync() => EnqueueAsync(new EnqueueOptions { At = DateTimeOffset.UtcNow.AddHours(1) });

    /// <summary>What a real Hangfire left behind, its servers alive.</summary>
    public Task LoadAsync(string fixture) => _jobs.LoadAsync(fixture);

    /// <summary>A job that waits for another.</summary>
    public async Task<string> AwaitAsync(string parent)
    {
        var made = await _jobs.Client.ContinueWithAsync<SampleJobs>(parent, jobs => jobs.Add(1, "child"), ContinueOn.Succeeded, cancel: JobsSpace.Cancel);
        Assert.True(made.IsCreated, made.Message);
        return made.Id;
    }

    /// <summary>A job that a worker of ours holds.</summary>
    public async Task<ClaimedJob> ClaimAsync()
    {
        await EnqueueAsync();
        return Assert.Single(await Worker().ClaimAsync(1, "default"));
    }

    /// <summary>Looks twice, with a minute between, and puts right what is wrong both times.</summary>
    /// <returns>What was found, oldest first.</returns>
    public async Task<IReadOnlyList<Finding>> SweepAsync(Func<Task>? between = null)
    {
        var before = await FindingsAsync();
        await LookAsync();
        if (between is not null)
            await between();
        _jobs.Time.Advance(TimeSpan.FromMinutes(1));
        await _sweep.RepairDueAsync(JobsSpace.Cancel);
        return [.. (await FindingsAsync()).Skip(before.Count)];
    }

    /// <summary>The same, at every key of a store that is taken for large.</summary>
    public async Task<IReadOnlyList<Finding>> SweepAllAsync() => await SweepAsync(() => _sweep.LookSlowlyAsync(JobsSpace.Cancel));

    public async Task LookAsync()
    {
        await _sweep.LookAtPlacesAsync(JobsSpace.Cancel);
        await _sweep.LookAtJobsAsync(JobsSpace.Cancel);
        await _sweep.LookAtCountsAsync(JobsSpace.Cancel);
    }

    public async Task<IReadOnlyList<Finding>> FindingsAsync() => [.. (await _jobs.Inspector.GetFindingsAsync(1_000, cancel: JobsSpace.Cancel)).Reverse()];

    public async Task<string?> StateAsync(string id) => await _jobs.StateAsync(id);

    public async Task<string[]> QueueAsync(string queue = "default") => await _jobs.QueueAsync(queue);

    public Task SetAsync(string id, string field, string value) => Database.HashSetAsync(Keys.JobStateData(id), field, value);

    /// <summary>Sweeps, and finds this and nothing else.</summary>
    public async Task<Finding> FindsAsync(string kind, string subject)
    {
        var found = Assert.Single(await SweepAsync());
        Assert.Equal((kind, subject), (found.Kind, found.Subject));
        Assert.NotEqual(kind, FindingKinds.TitleOf(kind));
        Assert.NotEmpty(found.Did);
        return found;
    }

    /// <summary>Puts an id where it does not belong.</summary>
    public async Task PlantAsync(string place, string id)
    {
        if (!place.StartsWith("queue:", StringComparison.Ordinal))
        {
            await Database.SortedSetAddAsync(Keys.Prefix + place, id, 4e9);
            return;
        }
        await Database.SetAddAsync(Keys.Queues, place.Split(':')[1]);
        await Database.ListLeftPushAsync(Keys.Prefix + place, id);
    }

    public static string Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Every job is in exactly one place, and a further sweep finds nothing.</summary>
    public async Task IsSoundAsync()
    {
        Assert.Empty((await Invariants.CheckAsync(Database, Keys, [])).Broken);
        Assert.Empty(await SweepAsync());
    }

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();
}
