using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpsConsole.Data;
using OpsConsole.Data.Operations;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Data;
using OpsConsole.Tests.Jobs.Support;
using OpsConsole.Tests.Support;
using OpsConsole.Tests.Web.Schedules.Runner;
using OpsConsole.Web.Operations;
using OpsConsole.Web.Operations.Runner;
using StackExchange.Redis;

namespace OpsConsole.Tests.Web.Operations;

/// <summary>A database and a part of Redis of their own, with failed jobs, and consoles that run operations on them.</summary>
public sealed class OperationSpace : IAsyncLifetime
{
    private readonly DataSpace _data = new();
    private readonly List<OperationProcess> _processes = [];

    internal JobsSpace Jobs { get; } = new();

    internal RunnerLog Log { get; } = new();

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string Postgres => _data.ConnectionString;

    public OperationStore Store => _data.Get<OperationStore>();

    public OperationTermStore Term => _data.Get<OperationTermStore>();

    internal BulkControl Control => new(Jobs.Space.Redis, Jobs.Catalogue);

    public ValueTask InitializeAsync() => _data.InitializeAsync();

    /// <summary>Starts a console that runs operations.</summary>
    public OperationProcess Start(string? redis = null, string? postgres = null)
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging(log => log.AddProvider(Log))
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddConsoleData(postgres ?? Postgres)
            .AddJobStorage(options => (options.Redis, options.Prefix, options.TimeoutMilliseconds) = (redis ?? Jobs.Space.Options.Redis, Jobs.Space.Prefix, redis is null ? 20_000 : 1_000))
            .AddOperations().Configure<OperationOptions>(options => options.LeaseSeconds = 3)
            .BuildServiceProvider();
        var process = new OperationProcess(services, Jobs.Events);
        _processes.Add(process);
        return process;
    }

    /// <summary>Jobs that failed a minute ago.</summary>
    public async Task<IReadOnlyList<string>> FailedAsync(int count, string arguments = "[]", string types = "[]")
    {
        var at = (await Control.GetTimeAsync(Cancel)).AddMinutes(-1).ToUnixTimeMilliseconds();
        var ids = Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToString()).ToList();
        await FailAsync(ids, at, arguments, types);
        return ids;
    }

    public async Task FailAsync(IEnumerable<string> ids, long at, string arguments = "[]", string types = "[]")
    {
        var database = await RedisSpace.DatabaseAsync();
        await Task.WhenAll(ids.SelectMany(id => (Task[])
        [
            database.HashSetAsync(Jobs.Keys.Job(id), [new("Type", "Shop.Orders, Shop"), new("Method", "Ship"), new("ParameterTypes", types), new("Arguments", arguments), new("CreatedAt", at), new("State", "Failed")]),
            database.HashSetAsync(Jobs.Keys.JobStateData(id), [new("State", "Failed"), new("FailedAt", at), new("ExceptionType", "System.Exception"), new("ExceptionMessage", "broken")]),
            database.ListRightPushAsync(Jobs.Keys.JobHistory(id), $$"""{"State":"Failed","CreatedAt":"{{at}}"}"""),
            database.SortedSetAddAsync(Jobs.Keys.Failed, id, at / 1000),
        ]));
    }

    /// <summary>Ends retried jobs as a worker does: takes them out of the queue, writes state and event.</summary>
    public async Task EndAsync(IEnumerable<string> ids, bool succeeds = true)
    {
        var database = await RedisSpace.DatabaseAsync();
        var at = (await Control.GetTimeAsync(Cancel)).ToUnixTimeMilliseconds();
        foreach (var id in ids)
        {
            await database.ListRemoveAsync(Jobs.Keys.Queue("default"), id);
            if (succeeds)
            {
                await database.HashSetAsync(Jobs.Keys.Job(id), "State", "Succeeded");
                await database.HashSetAsync(Jobs.Keys.JobStateData(id), [new("State", "Succeeded"), new("SucceededAt", at)]);
            }
            else
            {
                await FailAsync([id], at);
            }
            await database.ExecuteAsync("XADD", (RedisKey)Jobs.Keys.Events, "*", "e", succeeds ? "succeeded" : "failed", "id", id, "t", "", "q", "default", "s", "Processing", "w", "w", "d", "");
        }
    }

    /// <summary>Makes an operation on jobs.</summary>
    public async Task<Guid> MakeAsync(IReadOnlyList<string> ids, Func<BulkDraft, BulkDraft>? with = null)
    {
        var draft = new BulkDraft { Kind = BulkKind.Retry, Source = BulkSource.Selection, Title = "selected", StopPercent = 20, Reason = "a good reason" };
        var made = await Store.CreateAsync(with?.Invoke(draft) ?? draft, "ada", await Control.GetTimeAsync(Cancel), ids, Cancel);
        return made.Id ?? throw new InvalidOperationException(made.Refusal);
    }

    public async Task<BulkOperation> WhenAsync(Guid id, Func<BulkOperation, bool> isWanted)
    {
        BulkOperation? last = null;
        await RunnerSpace.UntilAsync(async () => isWanted(last = (await Store.GetAsync(id, Cancel))!), () => last + "\n" + string.Join('\n', Log.Lines));
        return last!;
    }

    /// <summary>How often each job was put back, by the events in the stream.</summary>
    public async Task<Dictionary<string, int>> RetriesAsync()
    {
        var entries = (RedisResult[])(await (await RedisSpace.DatabaseAsync()).ExecuteAsync("XRANGE", (RedisKey)Jobs.Keys.Events, "-", "+"))!;
        var events = new List<JobEvent>();
        EventEntry.ReadAll(entries, events);
        return events.Where(written => written.Kind == JobEventKinds.Enqueued).GroupBy(written => written.Subject).ToDictionary(group => group.Key, group => group.Count());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        await _data.DisposeAsync();
        await Jobs.DisposeAsync();
    }
}

/// <summary>A console that runs operations, with connections and events of its own.</summary>
public sealed class OperationProcess : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;
    private readonly Task _events;
    private bool _isKilled;

    public OperationProcess(ServiceProvider services, JobEventReader events)
    {
        _services = services;
        _run = Task.Run(() => services.GetRequiredService<OperationRunner>().RunAsync(() => !_isKilled, _stop.Token));
        _events = Task.Run(() => FollowAsync(events, services.GetRequiredService<OperationFeed>()));
    }

    /// <summary>Ends it at whatever it does; the lease is not given back.</summary>
    public Task KillAsync()
    {
        _isKilled = true;
        return StopAsync();
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _events;
        await _services.DisposeAsync();
        _stop.Dispose();
    }

    private async Task FollowAsync(JobEventReader events, OperationFeed feed)
    {
        try
        {
            await foreach (var batch in events.FollowAsync("0-0", _stop.Token))
                feed.Apply(batch.Events);
        }
        catch (OperationCanceledException)
        {
            // It was stopped.
        }
    }
}
