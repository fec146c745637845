using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Tests.Support;
using OpsConsole.Web.Live;
using StackExchange.Redis;

namespace OpsConsole.Tests.Web.Live;

/// <summary>The pump on a real Redis, from its first snapshot on.</summary>
public sealed class EventPumpTests : IAsyncDisposable
{
    private readonly RedisSpace _space = new();
    private readonly FleetBoard _board = new(TimeProvider.System);
    private readonly JobBoard _jobs = new(TimeProvider.System);
    private readonly LiveHealth _health = new(TimeProvider.System);
    private readonly LiveOptions _options = new() { WatchedRefreshMilliseconds = 60_000, IdleRefreshMilliseconds = 60_000 };
    private readonly Listener _listener = new();
    private readonly List<Microsoft.Extensions.Hosting.IHostedService> _running = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_on_the_board_without_another_snapshot()
    {
        await StartAsync();
        await AddAsync("enqueued", "a", "reports", "");

        var view = await UntilAsync(view => view.Queue("reports") is { Depth: 1 });

        Assert.Equal(1, view.Of(JobState.Enqueued));
    }

    [Fact]
    public async Task A_restarted_console_reads_back_what_the_stream_kept()
    {
        for (var job = 0; job < 25; job++)
            await AddAsync("succeeded", $"job{job}", "reports", "Processing");
        await StartAsync();

        var view = await UntilAsync(view => view.Totals.Succeeded == 25);

        Assert.Equal(0, view.Of(JobState.Succeeded));
    }

    [Fact]
    public async Task A_pause_shows_at_once_because_its_event_asks_for_a_snapshot()
    {
        await (await RedisSpace.DatabaseAsync()).SetAddAsync(_space.Keys.Queues, "reports");
        await StartAsync();
        await Control().PauseQueueAsync("reports", new Actor("Mara", "relay maintenance"), null, Cancel);

        var view = await UntilAsync(view => view.Queue("reports")?.Pause is not null);

        Assert.Equal("Mara", view.Queue("reports")!.Pause!.By);
    }

    [Fact]
    public async Task Whoever_looks_at_a_job_is_told_of_its_events()
    {
        await StartAsync();
        var told = new TaskCompletionSource();
        using var watch = _jobs.Subscribe("a", () => { told.TrySetResult(); return Task.CompletedTask; });

        await AddAsync("progress", "a", "reports", "");

        await told.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task A_listener_gets_the_events_in_their_order()
    {
        await StartAsync();

        await AddAsync("processing", "a", "reports", "Enqueued");
        await AddAsync("succeeded", "a", "reports", "Processing");

        await UntilAsync(view => view.Totals.Succeeded == 1);
        Assert.Equal(["processing", "succeeded"], _listener.Kinds);
    }

    [Fact]
    public async Task A_redis_that_is_away_is_said_so_with_its_cause()
    {
        var away = new JobRedis(Options.Create(new JobStorageOptions { Redis = "127.0.0.1:1,connectRetry=0", TimeoutMilliseconds = 200 }));
        var lost = new TaskCompletionSource();
        using var watch = _health.Subscribe(() => { if (_health.Current.Redis.IsLost) lost.TrySetResult(); return Task.CompletedTask; });
        await StartAsync(away, ready: false);

        await lost.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.NotEmpty(_health.Current.Redis.Cause);
        Assert.False(_board.Current.IsReady);
        await StopAsync();
        await away.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _space.DisposeAsync();
    }

    private async Task StartAsync(JobRedis? redis = null, bool ready = true)
    {
        redis ??= _space.Redis;
        var catalogue = new JobCatalogue(redis, TimeProvider.System);
        var refresh = new FleetRefresh(new JobInspector(redis, catalogue, TimeProvider.System), catalogue, _board, _health, Options.Create(_options), TimeProvider.System, NullLogger<FleetRefresh>.Instance);
        var pump = new EventPump(new JobEventReader(redis, TimeProvider.System), _board, _jobs, refresh, _health, [_listener], Options.Create(_options), TimeProvider.System, NullLogger<EventPump>.Instance);
        _running.AddRange([pump, refresh]);
        foreach (var service in _running)
            await service.StartAsync(Cancel);
        if (ready)
            await refresh.Ready.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    private async Task StopAsync()
    {
        foreach (var service in _running)
            await service.StopAsync(CancellationToken.None);
        _running.Clear();
    }

    private async Task<FleetView> UntilAsync(Func<FleetView, bool> seen)
    {
        var found = new TaskCompletionSource<FleetView>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (_board.Current is var view && seen(view))
                found.TrySetResult(view);
        }
        using var watch = _board.Subscribe(() => { Look(); return Task.CompletedTask; });
        Look();
        return await found.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    private JobControl Control() => new(_space.Redis, TimeProvider.System);

    private async Task AddAsync(string kind, string id, string queue, string before) =>
        await (await RedisSpace.DatabaseAsync()).ExecuteAsync("XADD", (RedisKey)_space.Keys.Events, "*", "e", kind, "id", id, "t", "Shop.Orders.Ship", "q", queue, "s", before, "w", "", "d", "");

    private sealed class Listener : IJobEventListener
    {
        public List<string> Kinds { get; } = [];

        public void Apply(IReadOnlyList<JobEvent> events) => Kinds.AddRange(events.Select(e => e.Kind));

        public void OnGap() => Kinds.Add("gap");
    }
}
