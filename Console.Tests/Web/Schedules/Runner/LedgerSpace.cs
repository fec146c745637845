using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsConsole.Data;
using OpsConsole.Data.Schedules;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Monitoring;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;
using OpsConsole.Tests.Jobs.Worker;
using OpsConsole.Web.Schedules.Runner;

namespace OpsConsole.Tests.Web.Schedules.Runner;

/// <summary>Runners with a real worker behind them, which hear of its jobs as a console does.</summary>
public sealed class LedgerSpace : IAsyncLifetime
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _pumps = [];
    private IHost? _worker;

    internal RunnerSpace Runners { get; } = new();

    public Probe Probe { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Runners.InitializeAsync();
        var storage = Runners.Jobs.Space.Options;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(Probe);
        builder.Services.AddJobStorage(options => (options.Redis, options.Prefix, options.TimeoutMilliseconds) = (storage.Redis, storage.Prefix, storage.TimeoutMilliseconds));
        builder.Services.AddJobWorker(worker => worker.AddJobs<ProbeJobs>().Configure(options => options.Name = "test"));
        _worker = builder.Build();
        await _worker.StartAsync();
        await _worker.Services.GetRequiredService<JobWorker>().Ready.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <param name="hears">False: every event of its jobs is lost.</param>
    public RunnerProcess Start(bool hears = true)
    {
        var runner = Runners.Start();
        if (hears)
            _pumps.Add(PumpAsync(runner.Get<OutcomeFeed>()));
        return runner;
    }

    /// <summary>A schedule that is due every second, for so many times, beginning now.</summary>
    public Task<Schedule> EverySecondAsync(int runs, string job, string arguments = "{}", Func<ScheduleDefinition, ScheduleDefinition>? with = null) =>
        Runners.CreateAsync(new ScheduleTiming { Every = [new ScheduleInterval(1)] }, definition =>
        {
            definition = definition with { MaxRuns = runs, Job = new ScheduledJob { Type = job, Arguments = arguments } };
            return with?.Invoke(definition) ?? definition;
        });

    public async Task<Occurrence> OneWhenAsync(Guid schedule, Func<Occurrence, bool> isWanted) =>
        (await Runners.LedgerWhenAsync(rows => rows.Count == 1 && isWanted(rows[0]), schedule))[0];

    public async Task<ScheduleCursor> CursorAsync(Guid schedule) => (await Runners.Schedules.GetAsync(schedule, RunnerSpace.Cancel))!.Cursor!;

    public async Task<JobState> JobStateAsync(Occurrence row) => (await Runners.Jobs.Inspector.GetJobsAsync([row.Identity.JobId], RunnerSpace.Cancel))[0].State;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_pumps).ContinueWith(_ => { }, TaskScheduler.Default);
        if (_worker is not null)
        {
            await _worker.StopAsync();
            await _worker.Services.GetRequiredService<JobRedis>().DisposeAsync();
            _worker.Dispose();
        }
        await Runners.DisposeAsync();
        _end.Dispose();
    }

    private async Task PumpAsync(OutcomeFeed feed)
    {
        var reader = new JobEventReader(Runners.Jobs.Space.Redis, TimeProvider.System);
        await foreach (var batch in reader.FollowAsync("0-0", _end.Token))
            feed.Apply(batch.Events);
    }
}
