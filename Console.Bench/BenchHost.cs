using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Jobs;
using OpsConsole.Jobs.Client;
using OpsConsole.Jobs.Protocol;
using OpsConsole.Jobs.Worker;
using StackExchange.Redis;

namespace OpsConsole.Bench;

/// <summary>A part of Redis of its own, with hosts in this process.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    private readonly IHost _host;

    private BenchHost(IHost host) => _host = host;

    public JobClient Client => _host.Services.GetRequiredService<JobClient>();

    public JobRedis Redis => _host.Services.GetRequiredService<JobRedis>();

    public static string NewPrefix() => $"{{bench-{Guid.NewGuid():N}}}:";

    /// <summary>Starts a host; without slots it has a client only, with slots a worker too.</summary>
    public static async Task<BenchHost> StartAsync(BenchSettings settings, string prefix, int slots = 0, string queue = "default")
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddFilter(level => level >= LogLevel.Warning);
        builder.Services.AddLogging();
        builder.Services.AddJobStorage(options =>
        {
            options.Redis = settings.Redis;
            options.Prefix = prefix;
            options.TimeoutMilliseconds = 10_000;
        });
        if (slots > 0)
            builder.Services.AddJobWorker(worker => worker.AddJobs<BenchJobs>().Configure(options =>
            {
                options.Pools.Add(new PoolOptions { Slots = slots, Queues = { queue } });
            }));
        var host = builder.Build();
        await host.StartAsync();
        return new BenchHost(host);
    }

    /// <summary>Publishes the job types without taking jobs of <c>default</c>.</summary>
    public static async Task PublishTypesAsync(BenchSettings settings, string prefix)
    {
        await using var host = await StartAsync(settings, prefix, slots: 1, queue: "none");
        await Waiting.UntilAsync("a worker has published its job types", TimeSpan.FromMinutes(1),
            async () => (await new JobCatalogue(host.Redis, TimeProvider.System).GetAsync()).Count > 0, pause: TimeSpan.FromMilliseconds(10));
    }

    public Task<long> NumberAsync(string key) => Redis.RunAsync("GET", async database => (long)await database.StringGetAsync(key));

    /// <summary>What a command says of one key, as LLEN, ZCARD and XLEN do.</summary>
    public Task<long> LengthAsync(string command, string key) => Redis.RunAsync(command, async database => (long)await database.ExecuteAsync(command, key));

    /// <summary>Completes when the worker of this host takes jobs.</summary>
    public Task AnnouncedAsync() => _host.Services.GetServices<IHostedService>().OfType<JobWorker>().Single().Ready;

    /// <summary>One section of what Redis says of itself.</summary>
    public async Task<Dictionary<string, string>> InfoAsync(string section)
    {
        var text = await Redis.RunAsync("INFO " + section, async database => (string)(await database.ExecuteAsync("INFO", section))!);
        return text.Split('\n').Select(line => line.Trim().Split(':', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }

    /// <summary>Processor time of Redis so far.</summary>
    public async Task<double> RedisProcessorSecondsAsync()
    {
        var used = await InfoAsync("cpu");
        return double.Parse(used["used_cpu_user"], CultureInfo.InvariantCulture) + double.Parse(used["used_cpu_sys"], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await Redis.DisposeAsync();
        _host.Dispose();
    }

    /// <summary>Removes everything under a prefix.</summary>
    public Task ClearAsync() => RemoveAsync(Redis.Keys.Prefix + "*");

    /// <summary>Removes the keys of all jobs, so that what is measured next does not run beside a growing memory.</summary>
    public Task ForgetJobsAsync() => RemoveAsync(Redis.Keys.Job("*"));

    private async Task RemoveAsync(string pattern)
    {
        var cursor = "0";
        do
        {
            var page = (RedisResult[])(await Redis.RunAsync("SCAN", database => database.ExecuteAsync("SCAN", cursor, "MATCH", pattern, "COUNT", "2000")))!;
            cursor = (string)page[0]!;
            var keys = (RedisKey[])page[1]!;
            if (keys.Length > 0)
                await Redis.RunAsync("UNLINK", database => database.ExecuteAsync("UNLINK", [.. keys.Cast<object>()]));
        }
        while (cursor != "0");
    }
}
