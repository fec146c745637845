using Microsoft.Extensions.Options;
using OpsConsole.Jobs;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Health;

/// <summary>How the host is. Times in milliseconds.</summary>
public sealed record HealthFigures(long FreeDiskBytes, double FreeDiskPercent, double DiskWriteMilliseconds, double RedisPingMilliseconds, long WorkingSetBytes, int Threads);

/// <summary>What the host needs to work: disk, a folder it may write, Redis.</summary>
[Retry(Times = 3, Backoff = Backoff.Listed, DelaysSeconds = [60, 120, 240])]
public sealed class HealthJobs(DataFolder data, IRedisPing redis, IOptions<ReportsOptions> options, TimeProvider time)
{
    [Job("health.check", Description = "Measures disk space, a write to the data folder and the way to Redis; fails when the disk is nearly full.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    public async Task<HealthFigures> CheckAsync(JobContext job, CancellationToken cancellation)
    {
        var disk = new DriveInfo(data.Root);
        var least = options.Value.MinFreeDiskMegabytes * 1_048_576L;
        if (disk.AvailableFreeSpace < least)
            throw new IOException($"Only {disk.AvailableFreeSpace / 1_048_576:N0} MB are free on {disk.Name}, and {options.Value.MinFreeDiskMegabytes:N0} MB must be. Run reports.clean or make room.");

        var write = await MeasureWriteAsync(cancellation);
        var ping = await redis.PingAsync(cancellation);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        job.Log($"Disk {disk.AvailableFreeSpace / 1_048_576:N0} MB free, write {write.TotalMilliseconds:N1} ms, Redis {ping.TotalMilliseconds:N1} ms");
        return new HealthFigures(disk.AvailableFreeSpace, Math.Round(100.0 * disk.AvailableFreeSpace / disk.TotalSize, 1),
            Math.Round(write.TotalMilliseconds, 2), Math.Round(ping.TotalMilliseconds, 2), process.WorkingSet64, process.Threads.Count);
    }

    private async Task<TimeSpan> MeasureWriteAsync(CancellationToken cancellation)
    {
        var probe = Path.Combine(data.Root, $"probe-{Guid.NewGuid():N}");
        var start = time.GetTimestamp();
        try
        {
            await File.WriteAllBytesAsync(probe, new byte[4_096], cancellation);
        }
        finally
        {
            File.Delete(probe);
        }
        return time.GetElapsedTime(start);
    }
}
