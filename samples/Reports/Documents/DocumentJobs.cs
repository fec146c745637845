using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OpsConsole.Jobs;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Documents;

/// <summary>What indexing took in.</summary>
public sealed record IndexResult(int Files, long Words, int DocumentsInIndex);

/// <summary>An archive that was written and read back.</summary>
public sealed record ArchiveFile(string File, int Entries, long SourceBytes, long Bytes, string Sha256);

/// <summary>The documents of the house.</summary>
[Retry(Times = 3, Backoff = Backoff.Listed, DelaysSeconds = [60, 120, 240])]
public sealed class DocumentJobs(DataFolder data, DocumentIndex index)
{
    private const int MaxFiles = 1_000;

    [Job("documents.index", Queue = "documents", Description = "Takes the text out of a Word or Excel document, or of all in a folder, into the index that documents.query asks.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    public async Task<IndexResult> IndexAsync([Description("A document or a folder, as in documents")] string path, JobContext job, CancellationToken cancellation)
    {
        var files = FilesOf(path);
        long words = 0;
        var (done, inIndex) = (0, 0);
        foreach (var file in files)
        {
            if (job.SoftLimitReached.IsCancellationRequested)
            {
                job.Log($"Soft time limit reached after {done:N0} of {files.Count:N0} documents; index the folder again for the rest", JobLogLevel.Warning);
                break;
            }
            var counts = CountWords(file, cancellation);
            inIndex = await index.AddAsync(data.Relative(file), await Checksum.OfFileAsync(file, cancellation), counts, cancellation);
            words += counts.Values.Sum();
            job.Progress(100.0 * ++done / files.Count, $"{done:N0} of {files.Count:N0}: {Path.GetFileName(file)}");
        }
        job.Log($"{done:N0} {(done == 1 ? "document" : "documents")} with {words:N0} words; {inIndex:N0} documents are in the index");
        return new IndexResult(done, words, inIndex);
    }

    [Job("documents.query", Queue = "documents", Description = "Looks up the documents that have all the given words, best first.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    public QueryAnswer Query([Description("One or more words"), StringLength(200)] string words, JobContext job)
    {
        var answer = index.Query(words);
        job.Log($"'{answer.Words}' stands in {answer.Matches:N0} of {answer.Documents:N0} documents");
        return answer;
    }

    [Job("documents.archive", Queue = "documents", Description = "Packs files into a zip archive with a manifest of SHA-256 checksums, and reads it back.",
        SoftLimitSeconds = Limits.SoftSeconds, HardLimitSeconds = Limits.HardSeconds)]
    public async Task<ArchiveFile> ArchiveAsync([Description("Files of the data folder")] string[] files, [Description("Name of the archive without .zip"), StringLength(80)] string name, JobContext job, CancellationToken cancellation)
    {
        if (files.Length is 0 or > MaxFiles)
            throw new ArgumentException($"An archive takes 1 to {MaxFiles:N0} files, not {files.Length:N0}.", nameof(files));
        var sources = files.Distinct(StringComparer.Ordinal).Select(file => (Name: file, Path: data.Existing(file))).ToList();
        var path = Path.Combine(data.Archives, FileName.Check(name) + ".zip");
        IReadOnlyList<ArchiveEntry> entries = [];
        await AtomicFile.WriteAsync(path, async part =>
        {
            await DocumentArchive.WriteAsync(part, sources, job, cancellation);
            job.Progress(75, "Reading it back");
            entries = await DocumentArchive.VerifyAsync(part, cancellation);
        });
        var result = new ArchiveFile(data.Relative(path), entries.Count, entries.Sum(entry => entry.Bytes), new FileInfo(path).Length, await Checksum.OfFileAsync(path, cancellation));
        job.Progress(100, "Done");
        job.Log($"{result.File}: {result.Entries:N0} files, {result.SourceBytes:N0} bytes packed into {result.Bytes:N0}, every checksum verified");
        return result;
    }

    private List<string> FilesOf(string path)
    {
        var folder = data.Resolve(path);
        if (!Directory.Exists(folder))
            return [data.Existing(path)];
        var files = Directory.EnumerateFiles(folder).Where(DocumentText.IsSupported).Order(StringComparer.Ordinal).Take(MaxFiles).ToList();
        return files.Count > 0 ? files : throw new FileNotFoundException($"The folder '{path}' has no Word or Excel documents. Put some there, then retry.", path);
    }

    private static Dictionary<string, int> CountWords(string file, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in DocumentText.Read(file))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var word in Words.Of(text))
                counts[word] = counts.GetValueOrDefault(word) + 1;
        }
        return counts;
    }
}
