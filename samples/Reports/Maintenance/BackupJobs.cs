using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using OpsConsole.Jobs;
using OpsConsole.Samples.Reports.Documents;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Maintenance;

/// <summary>How often a backup is made, and the name that its files begin with.</summary>
public enum BackupKind
{
    Daily,
    Weekly,
    Monthly,
}

/// <summary>A backup that was written and read back.</summary>
public sealed record BackupFile(string File, int Entries, long Bytes, IReadOnlyList<string> Deleted);

/// <summary>Copies of what cannot be made again: the ledger and the documents.</summary>
[Retry(Times = 3, Backoff = Backoff.Listed, DelaysSeconds = [60, 120, 240])]
public sealed class BackupJobs(DataFolder data, TimeProvider time)
{
    [Job("backups.make", Description = "Packs ledger and documents into an archive with checksums, reads it back, and deletes the oldest of its kind.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    [Unique("backup:{kind}")]
    public async Task<BackupFile> MakeAsync(
        BackupKind kind, JobContext job, [Description("How many backups of this kind stay"), Range(1, 1_000)] int keep = 7, CancellationToken cancellation = default)
    {
        var path = Path.Combine(data.Backups, NameOf(kind, time.GetUtcNow()));
        var files = Sources();
        await AtomicFile.WriteAsync(path, async part =>
        {
            await DocumentArchive.WriteAsync(part, files, job, cancellation);
            job.Progress(75, "Reading it back");
            await DocumentArchive.VerifyAsync(part, cancellation);
        });
        var deleted = DeleteOldest(kind, keep);
        job.Progress(100, "Done");
        job.Log($"{data.Relative(path)}: {files.Count:N0} files, {new FileInfo(path).Length:N0} bytes; {deleted.Count:N0} older ones deleted");
        return new BackupFile(data.Relative(path), files.Count, new FileInfo(path).Length, deleted);
    }

    private List<(string Name, string Path)> Sources() =>
        [.. new[] { data.Ledger, data.Documents }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(path => Path.GetExtension(path) != AtomicFile.Unfinished)
            .Order(StringComparer.Ordinal)
            .Select(path => (data.Relative(path), path))];

    private List<string> DeleteOldest(BackupKind kind, int keep)
    {
        // The names sort as their days do.
        var gone = Directory.GetFiles(data.Backups, Prefix(kind) + "*.zip").OrderDescending(StringComparer.Ordinal).Skip(keep).ToList();
        gone.ForEach(File.Delete);
        return [.. gone.Select(data.Relative)];
    }

    private static string NameOf(BackupKind kind, DateTimeOffset at) => Prefix(kind) + at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".zip";

    private static string Prefix(BackupKind kind) => kind.ToString().ToLowerInvariant() + "-";
}
