using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using OpsConsole.Jobs;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Maintenance;

/// <summary>Files that were deleted or moved.</summary>
public sealed record TidyResult(int Files, long Bytes);

/// <summary>Keeps order among what nobody asks for any more.</summary>
[Retry(Times = 3, Backoff = Backoff.Listed, DelaysSeconds = [60, 120, 240])]
public sealed class MaintenanceJobs(DataFolder data, IOptions<LogOptions> logs, TimeProvider time)
{
    /// <summary>Folder of the inbox for files that no import has taken.</summary>
    public const string Stuck = "stuck";

    [Job("maintenance.clean-temp", Description = "Deletes unfinished files that a stopped worker has left behind.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    public TidyResult CleanTemp(JobContext job, [Description("Younger ones may be somebody's work"), Range(2, 10_000)] int olderThanHours = 24, CancellationToken cancellation = default) =>
        Tidy(new DirectoryInfo(data.Root), "*" + AtomicFile.Unfinished, SearchOption.AllDirectories, TimeSpan.FromHours(olderThanHours), file => file.Delete(), "Deleted", job, cancellation);

    [Job("maintenance.clean-logs", Description = "Deletes log files of this host that are older than the time to keep them.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    public TidyResult CleanLogs(JobContext job, [Range(1, 3_650)] int olderThanDays = 30, CancellationToken cancellation = default)
    {
        var folder = logs.Value.Folder;
        if (folder.Length == 0 || !Directory.Exists(folder))
        {
            job.Log("This host writes no log files");
            return new TidyResult(0, 0);
        }
        return Tidy(new DirectoryInfo(folder), "reports-*.json", SearchOption.TopDirectoryOnly, TimeSpan.FromDays(olderThanDays), file => file.Delete(), "Deleted", job, cancellation);
    }

    [Job("maintenance.release-stuck", Description = "Moves files that have waited too long for their import into inbox/stuck, where somebody looks at them.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    public TidyResult ReleaseStuck(JobContext job, [Range(10, 100_000)] int olderThanMinutes = 120, CancellationToken cancellation = default)
    {
        var aside = Directory.CreateDirectory(Path.Combine(data.Inbox, Stuck)).FullName;
        return Tidy(new DirectoryInfo(data.Inbox), "*", SearchOption.TopDirectoryOnly, TimeSpan.FromMinutes(olderThanMinutes),
            file => file.MoveTo(Path.Combine(aside, file.Name), overwrite: true), "Set aside", job, cancellation);
    }

    private TidyResult Tidy(
        DirectoryInfo folder, string pattern, SearchOption depth, TimeSpan olderThan, Action<FileInfo> act, string done, JobContext job, CancellationToken cancellation)
    {
        var before = time.GetUtcNow().UtcDateTime - olderThan;
        var (files, bytes) = (0, 0L);
        foreach (var file in folder.GetFiles(pattern, depth).Where(file => file.LastWriteTimeUtc < before))
        {
            cancellation.ThrowIfCancellationRequested();
            bytes += file.Length;
            act(file);
            files++;
        }
        job.Log($"{done}: {files:N0} files of {bytes:N0} bytes");
        return new TidyResult(files, bytes);
    }
}
