using Microsoft.Extensions.Options;
using OpsConsole.Web.Configuration;

namespace OpsConsole.Web.Health;

/// <summary>Room on the disks that this process writes to. The disks of PostgreSQL and Redis are not seen from here.</summary>
internal sealed class DiskHealth(IHostEnvironment environment, IOptions<LogOptions> log)
{
    private const double FreeShare = 0.05;
    private const long FreeBytes = 500L * 1024 * 1024;

    public HealthFinding Read()
    {
        var disks = Folders().Select(folder => (Folder: folder, Drive: new DriveInfo(folder))).Where(disk => disk.Drive.IsReady).ToList();
        var facts = disks.ToDictionary(
            disk => disk.Folder,
            object? (disk) => new Dictionary<string, long> { ["freeBytes"] = disk.Drive.AvailableFreeSpace, ["totalBytes"] = disk.Drive.TotalSize },
            StringComparer.Ordinal);
        var full = disks.FirstOrDefault(disk => disk.Drive.AvailableFreeSpace < FreeBytes && disk.Drive.AvailableFreeSpace < disk.Drive.TotalSize * FreeShare);
        return new HealthFinding(facts).Unless(full.Folder is null, HealthStatus.Degraded, $"The disk of {full.Folder} is nearly full.");
    }

    private IEnumerable<string> Folders()
    {
        yield return environment.ContentRootPath;
        if (log.Value.Folder.Length > 0 && Path.GetFullPath(log.Value.Folder) is var logs && Directory.Exists(logs))
            yield return logs;
    }
}
