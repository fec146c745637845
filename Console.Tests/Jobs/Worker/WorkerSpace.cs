using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;
using OpsConsole.Tests.Support;
using StackExchange.Redis;

namespace OpsConsole.Tests.Jobs.Worker;

/// <summary>A part of Redis with a client, workers, and a tail of the events in it.</summary>
internal sealed class WorkerSpace : IAsyncDisposable
{
    private readonly RedisSpace _space;
    private readonly JobClient _client;
    private readonly List<IHost> _hosts = [];
    private string _position = "0";

    private WorkerSpace(RedisSpace space, IDatabase database)
    {
        _space = space;
        Database = database;
        _client = new JobClient(space.Redis, new JobCatalogue(space.Redis, TimeProvider.System), TimeProvider.System);
    }

    public Probe Probe { get; } = new();

    public JobRedis Redis => _space.Redis;

    public RedisKeys Keys => _space.Keys;

    public IDatabase Database { get; }

    /// <summary>Events read so far, in order.</summary>
    public List<JobEvent> Events { get; } = [];

    public static async Task<WorkerSpace> OpenAsync() => new(new RedisSpace(), await RedisSpace.DatabaseAsync());

    public FakeWorker Fake(string id = "fake:1:a") => new(Redis, id);

    public Task<JobWorker> StartAsync(Action<JobWorkerOptions>? configure = null, Action<IServiceCollection>? services = null) => StartAsync(_space.Options, configure, services);

    public async Task<JobWorker> StartAsync(JobStorageOptions storage, Action<JobWorkerOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var host = Build(storage, configure, services);
        await host.StartAsync();
        var worker = host.Services.GetRequiredService<JobWorker>();
        await worker.Ready.WaitAsync(TimeSpan.FromSeconds(60));
        return worker;
    }

    /// <summary>A worker that has not been started.</summary>
    public JobWorker Make(Action<IServiceCollection> services) => Build(_space.Options, configure: null, services).Services.GetRequiredService<JobWorker>();

    private IHost Build(JobStorageOptions storage, Action<JobWorkerOptions>? configure, Action<IServiceCollection>? services)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(Probe);
        builder.Services.AddJobStorage(options => (options.Redis, options.Prefix, options.TimeoutMilliseconds) = (storage.Redis, storage.Prefix, storage.TimeoutMilliseconds));
        builder.Services.AddJobWorker(worker => worker.AddJobs<ProbeJobs>().Configure(options =>
        {
            options.Name = "test";
            options.Version = "1.2.3";
            configure?.Invoke(options);
        }));
        services?.Invoke(builder.Services);
        var host = builder.Build();
        _hosts.Add(host);
        return host;
    }

    public Task<EnqueueResult> TryEnqueueAsync(Expression<Func<ProbeJobs, Task>> call, EnqueueOptions? options = null) => _client.EnqueueAsync(call, options, TestContext.Current.CancellationToken);

    /// <summary>Makes a job and gives its id.</summary>
    public async Task<string> EnqueueAsync(Expression<Func<ProbeJobs, Task>> call, EnqueueOptions? options = null) => IdOf(await TryEnqueueAsync(call, options));

    /// <inheritdoc cref="EnqueueAsync(Expression{Func{ProbeJobs, Task}}, EnqueueOptions?)"/>
    public async Task<string> EnqueueAsync(Expression<Action<ProbeJobs>> call, EnqueueOptions? options = null) =>
        IdOf(await _client.EnqueueAsync(call, options, TestContext.Current.CancellationToken));

    public Task<IReadOnlyList<EnqueueResult>> EnqueueManyAsync(IReadOnlyList<JobRequest> requests) => _client.EnqueueManyAsync(requests, TestContext.Current.CancellationToken);

    public async Task<string> ContinueAsync(string parent, Expression<Action<ProbeJobs>> call, ContinueOn on, EnqueueOptions? options = null) =>
        IdOf(await _client.ContinueWithAsync(parent, call, on, options, TestContext.Current.CancellationToken));

    public Task<string> NoteAsync(string text, string queue = "default") => EnqueueAsync(job => job.Note(text), new EnqueueOptions { Queue = queue });

    /// <summary>Waits for an event that a job, queue or worker has had or will have.</summary>
    public async Task<JobEvent> SeeAsync(string kind, string? subject = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var next = 0; ; next++)
        {
            while (next >= Events.Count)
                await ReadEventsAsync(limit.Token);
            if (Events[next].Kind == kind && (subject is null || Events[next].Subject == subject))
                return Events[next];
        }
    }

    /// <summary>Waits until some job says that it has started.</summary>
    public async Task SeeStartAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Probe.Started.IsEmpty)
            await Task.Delay(5, limit.Token);
    }

    /// <summary>Kinds of all events of a job so far.</summary>
    public async Task<string[]> KindsAsync(string subject)
    {
        await ReadEventsAsync(CancellationToken.None, wait: false);
        return [.. Events.Where(entry => entry.Subject == subject).Select(entry => entry.Kind)];
    }

    public async Task<string?> FieldAsync(string id, string field) => await Database.HashGetAsync(Keys.Job(id), field);

    public async Task<string?> StateFieldAsync(string id, string field) => await Database.HashGetAsync(Keys.JobStateData(id), field);

    public async Task<string[]> StatesAsync(string id) =>
        [.. (await Database.ListRangeAsync(Keys.JobHistory(id))).Select(entry => JsonDocument.Parse((string)entry!).RootElement.GetProperty("State").GetString()!)];

    public async Task<string[]> QueueAsync(string queue = "default") => [.. (await Database.ListRangeAsync(Keys.Queue(queue))).Select(id => (string)id!)];

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            await host.Services.GetRequiredService<JobRedis>().DisposeAsync();
            host.Dispose();
        }
        await _space.DisposeAsync();
    }

    private static string IdOf(EnqueueResult result)
    {
        Assert.True(result.IsCreated, result.Message);
        return result.Id;
    }

    // Asks again shortly: the shared connection must not be held by a blocking read.
    private async Task ReadEventsAsync(CancellationToken cancel, bool wait = true)
    {
        var page = (RedisResult[])(await Database.ExecuteAsync("XRANGE", (RedisKey)Keys.Events, _position == "0" ? "-" : "(" + _position, "+", "COUNT", "1000"))!;
        EventEntry.ReadAll(page, Events);
        _position = page.Length > 0 ? Events[^1].Position : _position;
        if (page.Length == 0 && wait)
            await Task.Delay(5, cancel);
    }
}
