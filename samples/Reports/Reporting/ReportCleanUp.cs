using Microsoft.Extensions.Options;
using OpsConsole.Samples.Reports.Configuration;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Reporting;

/// <summary>What a clean-up did. Bytes are as the disk counts them, in blocks.</summary>
public sealed record CleanUpResult(int Expired, int OverLimit, long FreedBytes, long LeftBytes);

/// <summary>Keeps the data folder in bounds: by age first, then by size. The ledger, the documents and the index are never touched.</summary>
public sealed class ReportCleanUp(DataFolder data, IOptions<ReportsOptions> options, TimeProvider time)
{
    private const int BlockBytes = 4_096;

    // An unfinished file is somebody's work; after twice the hard limit its worker must have died.
    private static readonly TimeSpan LongestWork = TimeSpan.FromSeconds(2 * Limits.HardSeconds);

    public CleanUpResult Run(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var products = Products().OrderBy(file => file.LastWriteTimeUtc).ToList();
        var expired = products.Where(file => IsExpired(file, now)).ToList();
        var freed = expired.Sum(file => Delete(file, cancellation));

        var left = Directory.EnumerateFiles(data.Root, "*", SearchOption.AllDirectories).Sum(path => SizeOf(new FileInfo(path)));
        var (over, overBytes) = DeleteUntil(products.Except(expired).Where(IsFinished), left - options.Value.DataFolderLimitMegabytes * 1_048_576L, cancellation);
        return new CleanUpResult(expired.Count, over, freed + overBytes, left - overBytes);
    }

    private static (int Files, long Bytes) DeleteUntil(IEnumerable<FileInfo> products, long tooMuch, CancellationToken cancellation)
    {
        var (files, bytes) = (0, 0L);
        foreach (var file in products.TakeWhile(_ => bytes < tooMuch))
        {
            bytes += Delete(file, cancellation);
            files++;
        }
        return (files, bytes);
    }

    private IEnumerable<FileInfo> Products() => new[] { data.Reports, data.Archives, data.Mail, data.Inbox }
        .SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories));

    private bool IsExpired(FileInfo file, DateTime now) =>
        file.LastWriteTimeUtc < (IsFinished(file) ? now.AddDays(-options.Value.KeepReportsDays) : now - LongestWork);

    private static bool IsFinished(FileInfo file) => file.Extension != AtomicFile.Unfinished;

    private static long Delete(FileInfo file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var size = SizeOf(file);
        file.Delete();
        return size;
    }

    // A file that another job moved on in the meantime has no size any more.
    private static long SizeOf(FileInfo file)
    {
        file.Refresh();
        return file.Exists ? (file.Length + BlockBytes - 1) / BlockBytes * BlockBytes : 0;
    }
}
