using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Samples.Reports.Documents;

namespace OpsConsole.Tests.Samples;

public sealed class DocumentArchiveTests : IDisposable
{
    private readonly SampleFolder _sample = new();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task Archive_holds_the_files_and_a_manifest_of_their_checksums()
    {
        _sample.Put("reports/a.txt", "alpha");
        _sample.Put("reports/b.txt", "beta");

        var archive = await _sample.DocumentJobs.ArchiveAsync(["reports/a.txt", "reports/b.txt", "reports/a.txt"], "both", _sample.Job, Cancellation);

        Assert.Equal(("archives/both.zip", 2, 9L), (archive.File, archive.Entries, archive.SourceBytes));
        var path = _sample.Data.Existing(archive.File);
        Assert.Equal(Hash(await File.ReadAllBytesAsync(path, Cancellation)), archive.Sha256);
        Assert.Equal([new ArchiveEntry("reports/a.txt", 5, Hash("alpha"u8)), new ArchiveEntry("reports/b.txt", 4, Hash("beta"u8))],
            await DocumentArchive.VerifyAsync(path, Cancellation));
        using var zip = ZipFile.OpenRead(path);
        using var reader = new StreamReader(zip.GetEntry("reports/b.txt")!.Open(), Encoding.UTF8);
        Assert.Equal("beta", await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task File_changed_inside_an_archive_is_found_out()
    {
        _sample.Put("reports/a.txt", "alpha");
        var archive = await _sample.DocumentJobs.ArchiveAsync(["reports/a.txt"], "one", _sample.Job, Cancellation);
        var path = _sample.Data.Existing(archive.File);
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            zip.GetEntry("reports/a.txt")!.Delete();
            using var writer = new StreamWriter(zip.CreateEntry("reports/a.txt").Open());
            await writer.WriteAsync("alphA");
        }
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => DocumentArchive.VerifyAsync(path, Cancellation));
        Assert.Contains("'reports/a.txt' has another checksum", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_file_leaves_no_archive_behind()
    {
        _sample.Put("reports/a.txt", "alpha");
        await Assert.ThrowsAsync<FileNotFoundException>(() => _sample.DocumentJobs.ArchiveAsync(["reports/a.txt", "reports/no.txt"], "x", _sample.Job, Cancellation));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_sample.Data.Archives));
    }

    [Fact]
    public async Task Archive_of_nothing_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _sample.DocumentJobs.ArchiveAsync([], "x", _sample.Job, Cancellation));

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
