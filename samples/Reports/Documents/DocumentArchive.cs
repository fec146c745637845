using System.IO.Compression;
using System.Text.Json;
using OpsConsole.Jobs;
using OpsConsole.Samples.Reports.Storage;

namespace OpsConsole.Samples.Reports.Documents;

/// <summary>One file of an archive, as its manifest names it.</summary>
public sealed record ArchiveEntry(string File, long Bytes, string Sha256);

/// <summary>Zip archives that carry the checksums of what is in them, and are read back before they count as written.</summary>
public static class DocumentArchive
{
    public const string ManifestName = "manifest.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<IReadOnlyList<ArchiveEntry>> WriteAsync(string path, IReadOnlyList<(string Name, string Path)> files, JobContext job, CancellationToken cancellation)
    {
        var entries = new List<ArchiveEntry>(files.Count);
        await using var stream = File.Create(path);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach (var (name, source) in files)
        {
            job.Progress(70.0 * entries.Count / files.Count, $"Packing {name}");
            zip.CreateEntryFromFile(source, name, CompressionLevel.Optimal);
            entries.Add(new ArchiveEntry(name, new FileInfo(source).Length, await Checksum.OfFileAsync(source, cancellation)));
        }
        await using var manifest = zip.CreateEntry(ManifestName).Open();
        await JsonSerializer.SerializeAsync(manifest, entries, Json, cancellation);
        return entries;
    }

    /// <summary>Reads an archive back. Returns its manifest.</summary>
    /// <exception cref="InvalidDataException">A file in it is not what its manifest says.</exception>
    public static async Task<IReadOnlyList<ArchiveEntry>> VerifyAsync(string path, CancellationToken cancellation)
    {
        using var zip = ZipFile.OpenRead(path);
        var manifest = await ManifestOf(zip, path, cancellation);
        foreach (var entry in manifest)
        {
            await using var stream = zip.GetEntry(entry.File)?.Open() ?? throw Broken(path, $"it lacks '{entry.File}'");
            if (await Checksum.OfAsync(stream, cancellation) != entry.Sha256)
                throw Broken(path, $"'{entry.File}' has another checksum than its manifest says");
        }
        return manifest;
    }

    private static async Task<List<ArchiveEntry>> ManifestOf(ZipArchive zip, string path, CancellationToken cancellation)
    {
        await using var stream = zip.GetEntry(ManifestName)?.Open() ?? throw Broken(path, "it lacks its manifest");
        return await JsonSerializer.DeserializeAsync<List<ArchiveEntry>>(stream, Json, cancellation) ?? throw Broken(path, "its manifest is empty");
    }

    private static InvalidDataException Broken(string path, string why) =>
        new($"The archive '{Path.GetFileName(path)}' is broken: {why}. Write it again.");
}
