using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Chaos.Ledger;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Worker;
using StackExchange.Redis;

namespace OpsConsole.Chaos.Fleet;

/// <summary>This program as a worker, as a job host would be one.</summary>
internal static class WorkerMode
{
    public static async Task<int> RunAsync()
    {
        var settings = WorkerSettings.FromEnvironment();
        using var connection = await ConnectionMultiplexer.ConnectAsync(settings.LedgerRedis);
        await ClockReading.WriteAsync(connection.GetDatabase(), settings.LedgerName);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).AddFilter(level => level >= LogLevel.Warning);
        builder.Services.AddSingleton(new LedgerWriter(connection.GetDatabase(), settings.LedgerName, Guid.NewGuid().ToString("N")[..12]));
        builder.Services.AddJobStorage(options => options.Redis = $"{settings.Redis},name={WorkerProcess.ConnectionName(Environment.ProcessId)}");
        builder.Services.AddJobWorker(worker => worker.AddJobs<ChaosJobs>().Configure(options => Configure(options, settings)));
        using var host = builder.Build();
        await host.RunAsync();
        return 0;
    }

    private static void Configure(JobWorkerOptions options, WorkerSettings settings)
    {
        options.Name = "chaos";
        options.Pools.Add(new PoolOptions { Slots = settings.Slots, Queues = { ChaosJobs.FirstQueue, "default" } });
        options.LeaseSeconds = settings.LeaseSeconds;
        options.RenewSeconds = settings.LeaseSeconds / 5.0;
        options.SweepSeconds = settings.LeaseSeconds;
        options.RecoverSeconds = settings.LeaseSeconds * 4 / 15.0;
    }
}
