using System.Diagnostics;
using System.Reflection;

namespace OpsConsole.Web.Health;

/// <summary>Everything at once, each part within its time: one that hangs does not hide the others.</summary>
internal sealed class DetailedHealth(
    RedisHealth redis, DatabaseHealth database, IngestionHealth ingestion, SchedulerHealth scheduler, DiskHealth disk, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly string Version = typeof(DetailedHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public async Task<HealthReport> ReadAsync(CancellationToken cancel)
    {
        var parts = await Task.WhenAll(
            LookAsync("database", database.ReadAsync, cancel),
            LookAsync("redis", redis.ReadAsync, cancel),
            LookAsync("ingestion", ingestion.ReadAsync, cancel),
            LookAsync("scheduler", _ => Task.FromResult(scheduler.Read()), cancel),
            LookAsync("disk", _ => Task.FromResult(disk.Read()), cancel),
            LookAsync("process", _ => Task.FromResult(Process()), cancel));
        return new HealthReport(parts.Max(part => part.Part.Status), time.GetUtcNow(), Version, parts.ToDictionary(part => part.Name, part => part.Part));
    }

    private async Task<(string Name, HealthPart Part)> LookAsync(string name, Func<CancellationToken, Task<HealthFinding>> look, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            var found = await Task.Run(() => look(end.Token), end.Token).WaitAsync(Limit, time, cancel);
            return (name, new HealthPart(found.Status, found.Problem, Elapsed(), found.Facts));
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            await end.CancelAsync();
            return (name, new HealthPart(HealthStatus.Down, e is TimeoutException ? $"It did not answer within {Limit.TotalSeconds} seconds." : e.GetBaseException().Message, Elapsed(), null));
        }

        double Elapsed() => Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1);
    }

    private HealthFinding Process()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new HealthFinding(new Dictionary<string, object?>
        {
            ["machine"] = Environment.MachineName,
            ["id"] = Environment.ProcessId,
            ["uptimeSeconds"] = Math.Round((time.GetUtcNow() - process.StartTime.ToUniversalTime()).TotalSeconds),
            ["memoryBytes"] = process.WorkingSet64,
            ["heapBytes"] = GC.GetTotalMemory(forceFullCollection: false),
            ["processorSeconds"] = Math.Round(process.TotalProcessorTime.TotalSeconds, 1),
            ["threads"] = process.Threads.Count,
        });
    }
}

/// <summary>The answer of <c>/health/detailed</c>.</summary>
/// <param name="Status">The worst of its parts.</param>
/// <param name="Version">Of the console.</param>
public sealed record HealthReport(HealthStatus Status, DateTimeOffset At, string Version, IReadOnlyDictionary<string, HealthPart> Parts);
